/// The pipeline end to end: real brokers, real programs, real signatures, and everything that goes wrong with them.
@NullMarked
package org.ambientvcp.it;

import org.jspecify.annotations.NullMarked;
