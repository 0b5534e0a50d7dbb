/// From a task and its module to a result. Worker, verifier and `vcp verify` share it, so that what is
/// compared has been computed by the same code.
@NullMarked
package org.ambientvcp.runner;

import org.jspecify.annotations.NullMarked;
