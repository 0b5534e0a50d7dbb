/// The node: takes its assignments, runs them in the sandbox, publishes signed results. See docs/worker.md.
@NullMarked
package org.ambientvcp.worker;

import org.jspecify.annotations.NullMarked;
