package org.ambientvcp.wasm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.ambientvcp.wasm.crypto.Curve.Point;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    private static final byte[] MESSAGE = "the message".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger SECRET = new BigInteger("1234567890123456789012345678901234567890");
    private static final BigInteger NONCE = new BigInteger("9876543210987654321098765432109876543210");
    private static final byte[] KEY = Curve.BASE.times(SECRET).encoded();
    private static final Point R = Curve.BASE.times(NONCE);
    private static final byte[] SIGNATURE = Curve.sign(SECRET, NONCE, R, KEY, MESSAGE);

    /// RFC 8032, section 7.1, tests 1, 2, 3 and "SHA(abc)": public key, message, signature.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a||e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c|72|92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025|af82|6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf|ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f|dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
            })
    void rfc8032(String vector) {
        var parts = vector.split("\\|", -1);
        var key = HexFormat.of().parseHex(parts[0]);
        var message = HexFormat.of().parseHex(parts[1]);
        var signature = HexFormat.of().parseHex(parts[2]);

        assertThat(verifies(key, message, signature)).isTrue();
    }

    @Test
    void everyBitCounts() {
        assertThat(verifies(KEY, MESSAGE, SIGNATURE)).isTrue();
        for (var i = 0; i < 8 * SIGNATURE.length; i += 3)
            assertThat(verifies(KEY, MESSAGE, flipped(SIGNATURE, i))).isFalse();
        for (var i = 0; i < 8 * KEY.length; i += 3)
            assertThat(verifies(flipped(KEY, i), MESSAGE, SIGNATURE)).isFalse();
        for (var i = 0; i < 8 * MESSAGE.length; i++)
            assertThat(verifies(KEY, flipped(MESSAGE, i), SIGNATURE)).isFalse();
        assertThat(verifies(KEY, new byte[0], SIGNATURE)).isFalse();
    }

    /// S + L satisfies the equation, too.
    @Test
    void sIsBelowTheOrder() {
        var s = new byte[32];
        for (var i = 0; i < s.length; i++) s[i] = SIGNATURE[SIGNATURE.length - 1 - i];
        var larger = new BigInteger(1, s).add(Curve.L);

        var signature = Curve.join(R.encoded(), Curve.littleEndian(larger));

        assertThat(verifies(KEY, MESSAGE, signature)).isFalse();
    }

    /// For each of the eight points of small order, S = 0 and R a small point satisfy the equation with the
    /// cofactor for every message, and without it for many.
    @Test
    void keysOfSmallOrderVerifyNothing() {
        var small = Curve.ofOrderEight();
        for (var i = 0; i < 8; i++) {
            var key = small.times(BigInteger.valueOf(i)).encoded();
            for (var j = 0; j < 8; j++) {
                var signature = Curve.join(small.times(BigInteger.valueOf(j)).encoded(), new byte[32]);
                assertThat(verifies(key, MESSAGE, signature)).isFalse();
            }
            var signature = Curve.sign(BigInteger.ZERO, NONCE, R, key, MESSAGE);
            assertThat(verifies(key, MESSAGE, signature)).isFalse();
        }
    }

    /// Its owner could make signatures that some implementations accept and others do not.
    @Test
    void keysWithASmallPartVerifyNothing() {
        var small = Curve.ofOrderEight();
        for (var i = 1; i < 8; i++) {
            var key = Curve.BASE
                    .times(SECRET)
                    .plus(small.times(BigInteger.valueOf(i)))
                    .encoded();
            for (var nonce = 0; nonce < 8; nonce++) {
                var r = Curve.BASE.times(BigInteger.valueOf(1000 + nonce));
                var signature = Curve.sign(SECRET, BigInteger.valueOf(1000 + nonce), r, key, MESSAGE);
                assertThat(verifies(key, MESSAGE, signature)).isFalse();
            }
        }
    }

    @Test
    void signaturesWhoseRHasASmallPartDoNotVerify() {
        var small = Curve.ofOrderEight();
        for (var nonce = 1; nonce < 40; nonce++) {
            var honest = BigInteger.valueOf(nonce);
            for (var i = 1; i < 8; i++) {
                var r = Curve.BASE.times(honest).plus(small.times(BigInteger.valueOf(i)));
                var signature = Curve.sign(SECRET, honest, r, KEY, MESSAGE);
                assertThat(verifies(KEY, MESSAGE, signature)).isFalse();
            }
        }
    }

    @Test
    void rIsNotTheNeutralElement() {
        var signature = Curve.sign(SECRET, BigInteger.ZERO, Curve.NEUTRAL, KEY, MESSAGE);

        assertThat(verifies(KEY, MESSAGE, signature)).isFalse();
    }

    /// y + p is the same y: for points with a y below 19 there is a second encoding.
    @Test
    void encodingsAreCanonical() {
        for (var y = 0; y < 19; y++)
            for (var sign = 0; sign < 2; sign++) {
                var bytes = Curve.littleEndian(Curve.P.add(BigInteger.valueOf(y)));
                bytes[31] |= (byte) (sign << 7);
                assertThat(verifies(bytes, MESSAGE, SIGNATURE)).isFalse();
                assertThat(verifies(KEY, MESSAGE, Curve.join(bytes, new byte[32])))
                        .isFalse();
            }
    }

    @Test
    void acceptsWhatOthersSign() {
        var secretKey = new byte[32];
        var publicKey = new byte[32];
        var signature = new byte[64];
        for (var i = 0; i < 50; i++) {
            secretKey[i % 32]++;
            Ed25519.generatePublicKey(secretKey, 0, publicKey, 0);
            Ed25519.sign(secretKey, 0, publicKey, 0, null, MESSAGE, 0, MESSAGE.length, signature, 0);
            assertThat(verifies(publicKey, MESSAGE, signature)).isTrue();
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static boolean verifies(byte[] key, byte[] message, byte[] signature) {
        var memory = Curve.join(new byte[3], message, signature, key);
        var results = CryptoFunctions.call(
                "ed25519_verify",
                memory,
                new long[] {3, message.length, 3 + message.length, 3 + message.length + signature.length},
                gas -> {});
        assertThat(results).hasSize(1);
        assertThat(results[0]).isBetween(0L, 1L);
        return results[0] == 1;
    }
}
