/// Streams apps: intake, ledger, cells; and what they share.
@NullMarked
package org.ambientvcp.scheduler;

import org.jspecify.annotations.NullMarked;
