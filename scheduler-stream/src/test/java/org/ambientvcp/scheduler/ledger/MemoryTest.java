package org.ambientvcp.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long DAY = Memory.REMEMBER_MILLIS;

    @Test
    void forgetsAfterADayAndNotBefore() {
        var memory = new Memory(10);
        memory.remember("a", 100);

        assertThat(memory.forget(100 + DAY - 1, 8)).isEmpty();
        assertThat(memory.forget(100 + DAY, 8)).containsExactly("a");
        assertThat(memory.forget(100 + DAY, 8)).isEmpty();
    }

    @Test
    void forgetsTheOldestFirstAndFewAtOnce() {
        var memory = new Memory(10);
        memory.remember("c", 3);
        memory.remember("a", 1);
        memory.remember("b", 2);

        assertThat(memory.forget(10 + DAY, 2)).containsExactly("a", "b");
        assertThat(memory.size()).isEqualTo(1);
        assertThat(memory.forget(10 + DAY, 2)).containsExactly("c");
    }

    @Test
    void forgetsEarlierIfThereIsTooMuch() {
        var memory = new Memory(2);
        memory.remember("a", 1);
        memory.remember("b", 2);
        memory.remember("c", 3);

        assertThat(memory.forget(3, 8)).containsExactly("a");
    }

    @Test
    void remembersSomething() {
        assertThatThrownBy(() -> new Memory(0)).hasMessageContaining("0");
    }
}
