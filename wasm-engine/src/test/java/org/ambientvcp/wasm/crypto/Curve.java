package org.ambientvcp.wasm.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Ed25519 as RFC 8032 writes it, in numbers without bounds: the test's own, to make signatures no signer makes.
final class Curve {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /// Order of the base point.
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE = point(
                    BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)), false)
            .orElseThrow();

    private Curve() {}

    record Point(BigInteger x, BigInteger y) {
        Point plus(Point other) {
            var xs = x.multiply(other.y).add(y.multiply(other.x));
            var ys = y.multiply(other.y).add(x.multiply(other.x));
            var product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            return new Point(
                    xs.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
                    ys.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
        }

        Point times(BigInteger factor) {
            var result = NEUTRAL;
            for (var bit = factor.bitLength() - 1; bit >= 0; bit--) {
                result = result.plus(result);
                if (factor.testBit(bit)) result = result.plus(this);
            }
            return result;
        }

        byte[] encoded() {
            var bytes = littleEndian(y);
            if (x.testBit(0)) bytes[31] |= (byte) 0x80;
            return bytes;
        }
    }

    /// The point with that y, if there is one.
    private static Optional<Point> point(BigInteger y, boolean isOdd) {
        var square = y.multiply(y);
        var ratio = square.subtract(BigInteger.ONE)
                .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        var x = ratio.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(ratio))
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
        if (!x.multiply(x).mod(P).equals(ratio)) return Optional.empty();
        return Optional.of(new Point(x.testBit(0) == isOdd ? x : P.subtract(x), y.mod(P)));
    }

    /// A point that makes the group of eight small points.
    static Point ofOrderEight() {
        return IntStream.iterate(2, y -> y + 1)
                .mapToObj(y -> point(BigInteger.valueOf(y), false))
                .flatMap(Optional::stream)
                .map(point -> point.times(L))
                .filter(small -> !small.times(BigInteger.valueOf(4)).equals(NEUTRAL))
                .findFirst()
                .orElseThrow();
    }

    /// The signature with R and S from `nonce`, `secret` and any key and R that are written.
    static byte[] sign(BigInteger secret, BigInteger nonce, Point r, byte[] publicKey, byte[] message) {
        var challenge = hash(r.encoded(), publicKey, message);
        var s = nonce.add(challenge.multiply(secret)).mod(L);
        return join(r.encoded(), littleEndian(s));
    }

    static BigInteger hash(byte[] r, byte[] publicKey, byte[] message) {
        try {
            return number(MessageDigest.getInstance("SHA-512").digest(join(r, publicKey, message)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] littleEndian(BigInteger number) {
        var bytes = new byte[32];
        for (var i = 0; i < bytes.length; i++)
            bytes[i] = number.shiftRight(8 * i).byteValue();
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        var joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static BigInteger number(byte[] littleEndian) {
        var bytes = new byte[littleEndian.length];
        for (var i = 0; i < bytes.length; i++) bytes[i] = littleEndian[bytes.length - 1 - i];
        return new BigInteger(1, bytes);
    }
}
