/// Machines as algebra: named columns, constraints and bus interactions, stated once.
///
/// A [org.ambientvcp.stark.air.Machine] is a list of chips and buses; a [org.ambientvcp.stark.air.ChipDef] is one
/// table,
/// written with a [org.ambientvcp.stark.air.ChipBuilder]. Prover, verifier, degree count, interval analysis, the
/// verification key and the tests all read the same expressions, so they cannot disagree about what is proven.
@NullMarked
package org.ambientvcp.stark.air;

import org.jspecify.annotations.NullMarked;
