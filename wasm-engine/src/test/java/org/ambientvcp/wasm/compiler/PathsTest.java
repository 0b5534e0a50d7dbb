package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.wasm.machine.Instance;
import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void roundsAllAtOnceGiveThePathOfOneAfterTheOther() {
        var path = Instance.PATH_START;
        for (var round = 0; round < 70_000; round++) {
            assertThat(Paths.after(Instance.PATH_START, 1_234_567, round)).isEqualTo(path);
            path = path * Instance.PATH_FACTOR + 1_234_567;
        }
    }

    @Test
    void manyRoundsAreRoundsAndRounds() {
        for (var rounds = 1L; rounds > 0; rounds = rounds * 13 + 1) {
            var half = Paths.after(42, 7, rounds / 2);

            assertThat(Paths.after(42, 7, rounds)).isEqualTo(Paths.after(half, 7, rounds - rounds / 2));
            if (rounds > Long.MAX_VALUE / 16) break;
        }
    }
}
