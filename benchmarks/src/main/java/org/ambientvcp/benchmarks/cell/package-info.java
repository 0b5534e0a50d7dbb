/// What one cell of the scheduler costs and how well it chooses; no broker, only the rules.
@NullMarked
package org.ambientvcp.benchmarks.cell;

import org.jspecify.annotations.NullMarked;
