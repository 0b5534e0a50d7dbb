package org.ambientvcp.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whose Ed25519 signs and checks one event (350 bytes) in fewer microseconds, the JDK's or BouncyCastle's?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Ed25519Benchmark {
    /// DER of a SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key.
    private static final String DER_START = "302a300506032b6570032100";

    private final byte[] secretKey = new byte[32];
    private final byte[] publicKey = new byte[32];
    private final byte[] message = new byte[350];
    private final byte[] signature = new byte[64];
    private final PrivateKey jdkSecretKey;
    private final PublicKey jdkPublicKey;

    public Ed25519Benchmark() {
        Ed25519.generatePublicKey(secretKey, 0, publicKey, 0);
        try {
            var keys = KeyFactory.getInstance("Ed25519");
            jdkSecretKey = keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secretKey));
            jdkPublicKey = keys.generatePublic(new X509EncodedKeySpec(
                    HexFormat.of().parseHex(DER_START + HexFormat.of().formatHex(publicKey))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
        }
    }

    @Setup
    public void sign() {
        Ed25519.sign(secretKey, 0, publicKey, 0, null, message, 0, message.length, signature, 0);
    }

    @Benchmark
    public byte[] jdkSigns() throws GeneralSecurityException {
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(jdkSecretKey);
        signer.update(message);
        return signer.sign();
    }

    @Benchmark
    public boolean jdkVerifies() throws GeneralSecurityException {
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(jdkPublicKey);
        verifier.update(message);
        return verifier.verify(signature);
    }

    @Benchmark
    public byte[] bouncyCastleSigns() {
        var signed = new byte[64];
        Ed25519.sign(secretKey, 0, publicKey, 0, null, message, 0, message.length, signed, 0);
        return signed;
    }

    /// The key decoded and known to be on the curve, but perhaps of small order.
    @Benchmark
    public boolean bouncyCastleVerifies() {
        return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    /// With the proof that the key is in the prime-order subgroup: what `SignedEvents.open` does.
    @Benchmark
    public boolean bouncyCastleVerifiesStrictly() {
        var point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
        return point != null && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }
}
