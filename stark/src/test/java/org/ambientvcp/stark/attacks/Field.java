package org.ambientvcp.stark.attacks;

import java.math.BigInteger;
import org.ambientvcp.stark.field.BabyBear;

/// Canonical elements for those who forge traces: independent of the field that prover and verifier use.
final class Field {
    private static final BigInteger P = BigInteger.valueOf(BabyBear.P);

    private Field() {}

    /// The element of an integer of any sign.
    static int of(long integer) {
        return Math.floorMod(integer, BabyBear.P);
    }

    static int inverse(long integer) {
        return BigInteger.valueOf(integer).modInverse(P).intValue();
    }

    /// a/b.
    static int divide(long a, long b) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b).modInverse(P))
                .mod(P)
                .intValue();
    }
}
