/// Commitment to matrices of several heights in one Merkle tree, and the openings of some of their rows.
@NullMarked
package org.ambientvcp.stark.merkle;

import org.jspecify.annotations.NullMarked;
