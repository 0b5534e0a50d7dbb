/// The rules run again over the logs, and what they give compared with what the topics hold.
@NullMarked
package org.ambientvcp.audit.replay;

import org.jspecify.annotations.NullMarked;
