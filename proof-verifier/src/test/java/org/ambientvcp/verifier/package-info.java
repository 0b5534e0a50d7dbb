@NullMarked
package org.ambientvcp.verifier;

import org.jspecify.annotations.NullMarked;
