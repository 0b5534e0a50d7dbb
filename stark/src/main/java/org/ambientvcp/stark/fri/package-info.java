/// FRI over tables of several heights: shows that codewords are close to polynomials of low degree.
///
/// The codeword of the highest table is folded by up to eight at a time; where the height of another table is reached,
/// that table's codeword joins with a power of the folding challenge of its own. What remains at 32 rows is sent as
/// coefficients. [org.ambientvcp.stark.fri.FriProver] and [org.ambientvcp.stark.fri.FriVerifier] have nothing in common
/// but [org.ambientvcp.stark.proof.ProofShape] and [org.ambientvcp.stark.proof.Rounds].
@NullMarked
package org.ambientvcp.stark.fri;

import org.jspecify.annotations.NullMarked;
