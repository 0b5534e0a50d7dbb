package org.ambientvcp.stark.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.security.Profile;
import org.junit.jupiter.api.Test;

class ProofFileTest {
    private static final ProofFile FILE = new ProofFile(
            Demonstration.ADDER,
            16,
            Profile.COMPACT,
            Words.of(3, 0, 2_013_265_920),
            "task 7",
            ProofFile.Bytes.of(new byte[] {1, 10, 3}));

    @Test
    void readingAndWritingAreInverse() {
        assertThat(ProofFile.decode(FILE.encode())).contains(FILE);
        assertThat(new String(FILE.encode(), StandardCharsets.ISO_8859_1))
                .startsWith("vcp proof v1\nmachine adder\nrows 2^16\nprofile COMPACT\npublic 3 0 2013265920\n");
    }

    @Test
    void numbersThatAreNoElementsAreNone() {
        assertThat(ProofFile.decode(replaced("2013265920", "2013265921"))).isEmpty();
        assertThat(ProofFile.decode(replaced("2013265920", "9999999999"))).isEmpty();
        assertThat(ProofFile.decode(replaced("rows 2^16", "rows 2^21"))).isEmpty();
        assertThat(ProofFile.decode(replaced("adder", "other"))).isEmpty();
        assertThat(ProofFile.decode(replaced("COMPACT", "WEAK"))).isEmpty();
    }

    @Test
    void anyBytesAreAnAnswer() {
        var random = new Random(1);
        var whole = FILE.encode();
        for (var length = 0; length < whole.length - 3; length++)
            assertThat(ProofFile.decode(Arrays.copyOf(whole, length))).isEmpty();
        for (var i = 0; i < 2_000; i++) {
            var changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            ProofFile.decode(changed)
                    .ifPresent(file -> assertThat(file.logRows()).isBetween(12, 20));
        }
        assertThat(ProofFile.decode(new byte[1 << 20])).isEmpty();
    }

    private static byte[] replaced(String what, String by) {
        return new String(FILE.encode(), StandardCharsets.ISO_8859_1)
                .replace(what, by)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
