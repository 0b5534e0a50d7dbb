/// The `vcp` command. Commands talk to a gateway over REST; `dev`, `demo`, `node start`, `start` and `topics` run or
/// reach the system itself.
@NullMarked
package org.ambientvcp.cli;

import org.jspecify.annotations.NullMarked;
