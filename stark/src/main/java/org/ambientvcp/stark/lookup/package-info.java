/// The LogUp argument: what chips send on buses, others receive.
///
/// A message is a fraction 1/D with D = γ + bus·β^8 - Σ m_i·β^i. Each chip commits to the fractions of every row, one
/// or two to a column, and to their running sum; the sums of all chips and of the statement's own messages must be 0.
/// Then, but for a chance that [org.ambientvcp.stark.security.Soundness] counts, every bus is empty as a multiset
/// (Haböck, ePrint 2022/1530). Each sum is hidden by a mask that is committed before γ is known; the masks add up to 0.
@NullMarked
package org.ambientvcp.stark.lookup;

import org.jspecify.annotations.NullMarked;
