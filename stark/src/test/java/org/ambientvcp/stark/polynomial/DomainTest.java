package org.ambientvcp.stark.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.ambientvcp.stark.field.BabyBear;
import org.junit.jupiter.api.Test;

class DomainTest {
    @Test
    void orderIsThatOfTheComment() {
        for (var logBlowup = 0; logBlowup <= 3; logBlowup++)
            for (var logRows = 0; logRows <= 6; logRows++) {
                var domain = new Domain(logRows, logBlowup);
                var n = domain.rows();
                var seen = new HashSet<Integer>();
                for (var b = 0; b < domain.cosets(); b++)
                    for (var r = 0; r < n; r++) {
                        var x = domain.point(b, r);
                        assertThat(seen.add(x)).isTrue();
                        assertThat(BabyBear.pow(x, n))
                                .isEqualTo(domain.toTheRows(b))
                                .isNotEqualTo(BabyBear.ONE);
                        assertThat(BabyBear.mul(x, domain.rowGenerator())).isEqualTo(domain.point(b, (r + 1) % n));
                        if (n == 1) continue;
                        assertThat(BabyBear.neg(x)).isEqualTo(domain.point(b, (r + n / 2) % n));
                        assertThat(BabyBear.mul(x, x))
                                .isEqualTo(domain.folded(1).point(b, r % (n / 2)));
                    }
                var g = BabyBear.cosetShift(domain.logSize());
                for (var x : seen)
                    assertThat(BabyBear.pow(BabyBear.mul(x, BabyBear.inverse(g)), domain.size()))
                            .isEqualTo(BabyBear.ONE);
                assertThat(seen).hasSize(domain.size());
            }
    }

    @Test
    void firstHalfOfTheCosetsIsADomainOfHalfTheBlowupButForItsShift() {
        var wide = new Domain(4, 3);
        var narrow = new Domain(4, 2);
        var ratio = BabyBear.mul(wide.shift(0), BabyBear.inverse(narrow.shift(0)));

        for (var b = 0; b < narrow.cosets(); b++)
            assertThat(wide.shift(b)).isEqualTo(BabyBear.mul(ratio, narrow.shift(b)));
    }

    @Test
    void sizesThatTheFieldHasNotAreRefused() {
        assertThatThrownBy(() -> new Domain(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Domain(2, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Domain(26, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
