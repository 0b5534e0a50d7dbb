package org.ambientvcp.stark.machines;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.ChipBuilder;
import org.ambientvcp.stark.air.Expr;

/// A sum of words mod 2^32: its limbs, and the bits of the carries.
///
/// @param name of the sum
/// @param limbs of the result
/// @param carries of the lower and of the upper limb, lowest bit first
record Sum(String name, Limbs limbs, List<List<Expr>> carries) {

    static Sum declare(ChipBuilder chip, String name, int carryBits) {
        var limbs = Limbs.declare(chip, name);
        var carries = new ArrayList<List<Expr>>();
        for (var limb : Limbs.NAMES) {
            var bits = new ArrayList<Expr>();
            for (var bit = 0; bit < carryBits; bit++)
                bits.add(chip.bit("%s %s carry bit %d".formatted(name, limb, bit)));
            carries.add(List.copyOf(bits));
        }
        return new Sum(name, limbs, List.copyOf(carries));
    }

    /// Says which limbs are added up; the carry of the lower limb joins the upper one.
    void constrain(ChipBuilder chip, int limb, Expr terms) {
        var sum = limb == 0 ? terms : terms.plus(carry(0));
        chip.always(
                "%s %s is the sum".formatted(name, Limbs.NAMES.get(limb)),
                sum.minus(limbs.limb(limb)).minus(carry(limb).times(1L << Limbs.BITS)));
    }

    private Expr carry(int limb) {
        var bits = carries.get(limb);
        Expr carry = bits.getFirst();
        for (var bit = 1; bit < bits.size(); bit++)
            carry = carry.plus(bits.get(bit).times(1L << bit));
        return carry;
    }
}
