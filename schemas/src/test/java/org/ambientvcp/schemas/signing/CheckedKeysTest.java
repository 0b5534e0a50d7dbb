package org.ambientvcp.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CheckedKeysTest {
    private final CheckedKeys keys = new CheckedKeys(2);

    @Test
    void aKeyThatWasFoundValidIsKnown() {
        var key = key(1);
        assertThat(keys.get(key)).isNull();

        var checked = keys.check(key, NodeId.of(key));

        assertThat(keys.get(key.clone())).isSameAs(checked);
        assertThat(Objects.requireNonNull(checked).id()).isEqualTo(NodeId.of(key));
    }

    @Test
    void aKeyThatIsNoneIsNeverKnown() {
        var neutral = HexFormat.of().parseHex("01" + "00".repeat(31));

        assertThat(keys.check(neutral, NodeId.of(neutral))).isNull();
        assertThat(keys.get(neutral)).isNull();
    }

    @Test
    void whatTheCallerDoesWithItsBytesChangesNothing() {
        var key = key(1);
        keys.check(key, NodeId.of(key));
        var other = key(2);

        System.arraycopy(other, 0, key, 0, key.length);

        assertThat(keys.get(key(1))).isNotNull();
        assertThat(keys.get(other)).isNull();
    }

    @Test
    void noMoreThanSoManyAreKept() {
        for (int number = 1; number <= 9; number++) {
            var key = key(number);
            keys.check(key, NodeId.of(key));

            assertThat(keys.get(key)).isNotNull();
            assertThat(keys.size()).isLessThanOrEqualTo(2);
        }
    }

    private static byte[] key(int number) {
        var secret = new byte[32];
        secret[0] = (byte) number;
        return Identity.ofSecretKey(secret).publicKey();
    }
}
