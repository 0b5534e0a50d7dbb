package org.ambientvcp.wasm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptoFunctionsTest {
    private static final String TWO_BLOCKS = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    /// FIPS 180-4's examples.
    @ParameterizedTest
    @CsvSource({
        "sha256, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256, " + TWO_BLOCKS + ", 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "sha512, '', cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        "sha512, abc, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    })
    void knownAnswers(String name, String message, String digest) {
        var memory = new byte[300];
        var bytes = message.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, memory, 7, bytes.length);

        var results = CryptoFunctions.call(name, memory, new long[] {7, bytes.length, 201}, gas -> {});

        var length = digest.length() / 2;
        assertThat(results).isEmpty();
        assertThat(HexFormat.of().formatHex(memory, 201, 201 + length)).isEqualTo(digest);
        assertThat(memory[200]).isZero();
        assertThat(Arrays.copyOfRange(memory, 201 + length, 300)).containsOnly(0);
    }

    /// FIPS 180-4's example of a million times the letter a, over its own beginning; polls as it goes on.
    @Test
    void aLongMessageIsReadBeforeTheDigestIsWrittenOverIt() {
        var memory = new byte[1_000_000];
        Arrays.fill(memory, (byte) 'a');
        var charged = new ArrayList<Long>();

        CryptoFunctions.call("sha256", memory, new long[] {0, memory.length, 0}, charged::add);

        assertThat(HexFormat.of().formatHex(memory, 0, 32))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
        assertThat(charged).containsExactly(2_000_512L, 0L, 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "sha256, 0, 512",
        "sha256, 10, 532",
        "sha512, 10, 532",
        "ed25519_verify, 10, 300040",
    })
    void aCallCosts(String name, int length, long gas) {
        var charged = new ArrayList<Long>();

        CryptoFunctions.call(name, new byte[200], new long[] {0, length, 20, 100}, charged::add);

        assertThat(charged.getFirst()).isEqualTo(gas);
        assertThat(charged.stream().skip(1)).allMatch(poll -> poll == 0);
    }

    /// Bits above the low 32 are of no meaning.
    @ParameterizedTest
    @CsvSource({
        "sha256, 0, 100, 68, true",
        "sha256, 0, 100, 69, false",
        "sha256, 100, 0, 0, true",
        "sha256, 101, 0, 0, false",
        "sha256, -1, 1, 0, false",
        "sha256, 0, -1, 0, false",
        "sha256, -1, -1, 0, false",
        "sha256, 0, 0, -32, false",
        "sha256, 4294967296, 8589934592, 4294967296, true",
        "sha512, 0, 0, 36, true",
        "sha512, 0, 0, 37, false",
        "ed25519_verify, 0, 100, 36, true",
        "ed25519_verify, 0, 100, 37, false",
        "ed25519_verify, 0, 101, 36, false",
        "ed25519_verify, -1, 1, 36, false"
    })
    void whatIsOutOfMemoryIsATrap(String name, long first, long length, long second, boolean isIn) {
        var memory = new byte[100];
        var charged = new ArrayList<Long>();
        var arguments = new long[] {first, length, second, 68};

        if (isIn) {
            CryptoFunctions.call(name, memory, arguments, charged::add);
            assertThat(charged.getFirst()).isPositive();
        } else {
            assertThatThrownBy(() -> CryptoFunctions.call(name, memory, arguments, charged::add))
                    .isInstanceOf(Stop.class)
                    .hasMessage("out of bounds memory access");
            assertThat(charged).isEmpty();
            assertThat(memory).containsOnly(0);
        }
    }

    @Test
    void theKeyHasToBeInMemory() {
        assertThatThrownBy(() ->
                        CryptoFunctions.call("ed25519_verify", new byte[100], new long[] {0, 0, 0, 69}, gas -> {}))
                .isInstanceOf(Stop.class);
    }

    @Test
    void whatCannotBePaidIsNotDone() {
        var memory = new byte[100];
        var end = Stop.because(Outcome.OUT_OF_GAS, "in this test");

        assertThatThrownBy(() -> CryptoFunctions.call("sha256", memory, new long[] {0, 10, 20}, gas -> {
                    throw end;
                }))
                .isSameAs(end);

        assertThat(memory).containsOnly(0);
    }
}
