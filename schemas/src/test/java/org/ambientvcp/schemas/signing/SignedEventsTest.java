package org.ambientvcp.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedEventsTest {
    private static final Identity ANN = Identity.ofSecretKey(bytes("11".repeat(32)));
    private static final Identity BOB = Identity.ofSecretKey(bytes("22".repeat(32)));
    /// Order of the base point: 2^252 + 27742317777372353535851937790883648493.
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final Signed signed = ANN.sign(Domain.RESULT, Samples.result());

    @Test
    void whatIsSignedIsOpened() {
        var overTheWire = AvroCodec.copy(Signed.class, signed);

        assertThat(SignedEvents.open(Domain.RESULT, overTheWire))
                .isEqualTo(new Opened.Valid<>(ANN.id(), Samples.result()));
    }

    @Test
    void signaturesAreDeterministic() {
        assertThat(ANN.sign(Domain.RESULT, Samples.result())).isEqualTo(signed);
    }

    @Test
    void theEnvelopeIsLeftAsItWas() {
        SignedEvents.open(Domain.RESULT, signed);

        assertThat(SignedEvents.open(Domain.RESULT, signed)).isInstanceOf(Opened.Valid.class);
        assertThat(signed.getPayload().position()).isZero();
    }

    @Test
    void anotherByteOfThePayloadIsRefused() {
        everyByteOf("payload", "bad-signature");
    }

    @Test
    void anotherByteOfTheSignatureIsRefused() {
        everyByteOf("signature", "bad-signature");
    }

    @Test
    void anotherByteOfTheKeyIsRefused() {
        everyByteOf("publicKey", "wrong-signer");
    }

    @Test
    void anotherCharacterOfTheSignerIsRefused() {
        for (int i = 0; i < ANN.id().length(); i++) {
            var changed = new StringBuilder(ANN.id());
            changed.setCharAt(i, changed.charAt(i) == '0' ? '1' : '0');
            assertRefused(with("signerId", changed.toString()), "wrong-signer");
        }
    }

    @Test
    void aSignatureForOnePurposeIsNoneForAnother() {
        assertRefused(with("domain", "vcp/trace/v1"), "wrong-domain");
        assertThat(SignedEvents.open(Domain.TRACE, signed))
                .isInstanceOfSatisfying(
                        Opened.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("wrong-domain"));
        var relabelled = with("domain", "vcp/trace/v1");
        assertThat(SignedEvents.open(Domain.TRACE, relabelled))
                .isInstanceOfSatisfying(
                        Opened.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("bad-signature"));
    }

    @Test
    void nobodySignsForAnother() {
        var stolen = with("publicKey", ByteBuffer.wrap(BOB.publicKey()));
        stolen.put("signerId", BOB.id());

        assertRefused(stolen, "bad-signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void aKeyOfAnotherLengthIsRefused(int length) {
        assertRefused(withKey(Arrays.copyOf(ANN.publicKey(), length)), "bad-key");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    void aSignatureOfAnotherLengthIsRefused(int length) {
        assertRefused(
                with("signature", ByteBuffer.wrap(Arrays.copyOf(Bytes.of(signed.getSignature()), length))),
                "bad-signature");
    }

    /// The eight points of small order, y above the prime, x = 0 with a sign, and a point that is not on the curve:
    /// with the first, a signature of zeros is valid for every message.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0200000000000000000000000000000000000000000000000000000000000000",
            })
    void aKeyThatIsNoPointOfPrimeOrderIsRefused(String key) {
        var forged = withKey(bytes(key));
        forged.put("signature", ByteBuffer.wrap(bytes("01" + "00".repeat(63))));

        assertRefused(forged, "bad-key");
    }

    /// The same signature with S + L: libraries that do not check accept both.
    @Test
    void aSecondSignatureCannotBeMadeFromTheFirst() {
        var signature = Bytes.of(signed.getSignature());
        var scalar = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        var other = reversed(leftPadded(scalar.add(ORDER).toByteArray()));
        System.arraycopy(other, 0, signature, 32, 32);

        assertRefused(with("signature", ByteBuffer.wrap(signature)), "bad-signature");
    }

    @Test
    void aPayloadThatIsTooLongIsRefusedBeforeItsSignatureIsChecked() {
        assertRefused(with("payload", ByteBuffer.allocate(Domain.RESULT.maxPayloadBytes() + 1)), "too-large");
        assertRefused(with("payload", ByteBuffer.allocate(Domain.RESULT.maxPayloadBytes())), "bad-signature");
    }

    @Test
    void aWellSignedPayloadThatIsNotTheEventIsUndecodable() {
        var domain = new Domain<>(Domain.RESULT.name(), Signed.class);

        assertRefused(ANN.sign(domain, signed), "undecodable");
    }

    @Test
    void aReasonQuotesOnlyTheStartOfWhatCame() {
        var refused = open(with("signerId", "x".repeat(1_000_000)));

        assertThat(refused.reason()).hasSizeLessThan(300);
        assertThat(open(with("domain", "x".repeat(1_000_000))).reason()).hasSizeLessThan(300);
    }

    /// RFC 8032, section 7.1, tests 1, 2, 3 and "SHA(abc)", by the bytes that an identity signs.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60|d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a||e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb|3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c|72|92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7|fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025|af82|6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42|ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf|ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f|dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
            })
    void rfc8032(String vector) {
        var parts = vector.split("\\|", -1);

        var identity = Identity.ofSecretKey(bytes(parts[0]));

        assertThat(identity.publicKey()).isEqualTo(bytes(parts[1]));
        assertThat(identity.sign(bytes(parts[2]))).isEqualTo(bytes(parts[3]));
    }

    private void everyByteOf(String field, String code) {
        var good = Bytes.of(
                (ByteBuffer) signed.get(signed.getSchema().getField(field).pos()));
        for (int i = 0; i < good.length; i++) {
            var changed = good.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            assertRefused(with(field, ByteBuffer.wrap(changed)), code);
        }
    }

    private Signed with(String field, Object value) {
        var copy = AvroCodec.copy(Signed.class, signed);
        copy.put(field, value);
        return copy;
    }

    private Signed withKey(byte[] key) {
        var copy = with("publicKey", ByteBuffer.wrap(key));
        copy.put("signerId", NodeId.of(key));
        return copy;
    }

    private static void assertRefused(Signed hostile, String code) {
        assertThat(open(hostile).code()).isEqualTo(code);
    }

    private static Opened.Refused<TaskResult> open(Signed hostile) {
        return switch (SignedEvents.open(Domain.RESULT, hostile)) {
            case Opened.Valid<TaskResult> valid -> throw new AssertionError("accepted: " + valid);
            case Opened.Refused<TaskResult> refused -> refused;
        };
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) reversed[i] = bytes[bytes.length - 1 - i];
        return reversed;
    }

    private static byte[] leftPadded(byte[] bytes) {
        var padded = new byte[32];
        System.arraycopy(bytes, 0, padded, 32 - bytes.length, bytes.length);
        return padded;
    }

    @Test
    void twoRandomIdentitiesDiffer() {
        var random = new SecureRandom();

        assertThat(Identity.random(random).id())
                .isNotEqualTo(Identity.random(random).id());
    }
}
