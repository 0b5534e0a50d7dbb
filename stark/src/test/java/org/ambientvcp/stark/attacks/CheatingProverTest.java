package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.prover.Strategy;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;
import org.junit.jupiter.api.Test;

/// Provers that lie about sums and values, with whole proofs. [Campaign] has those that forge the trace.
class CheatingProverTest {
    /// All sums together say that the buses are empty, but they are not the tables'.
    @Test
    void aSumThatOneTableTakesOverFromAnotherIsRefused() {
        var shifting = new Strategy() {
            @Override
            public Element busSum(int chip, Element sum) {
                var one = sum.field().one();
                return chip == 0 ? sum.plus(one) : sum.minus(one);
            }
        };

        var execution = AdderCheats.honest();

        assertThat(reason(Proofs.proveAndVerify(execution.machine(), execution, shifting)))
                .isEqualTo(new Reason.ConstraintsViolated("adder"));
    }

    /// The running sum jumps in the middle, to where it would have to be.
    @Test
    void aRunningSumThatJumpsIsRefused() {
        var jumping = new Strategy() {
            @Override
            public void auxiliary(int chip, int[][] columns) {
                var sum = columns[columns.length - 5];
                for (var row = 1_000; row < sum.length; row++)
                    sum[row] = BabyBear.add(sum[row], chip == 0 ? 7 : BabyBear.P - 7);
            }

            @Override
            public Element busSum(int chip, Element sum) {
                var seven = sum.field().base(7);
                return chip == 0 ? sum.plus(seven) : sum.minus(seven);
            }
        };
        var execution = AdderCheats.honest();

        assertThat(reason(Proofs.proveAndVerify(execution.machine(), execution, jumping)))
                .isEqualTo(new Reason.ConstraintsViolated("adder"));
    }

    /// No constraint reads the sixth column of the mask: only the test of low degree can tell.
    @Test
    void aLieAboutAColumnThatNoConstraintReadsIsRefused() {
        var execution = AdderCheats.honest();
        var shape = Proofs.key(execution.machine()).shape(execution.logHeights());
        var rangeTable = shape.openingsAtPoint(0) + shape.openingsAtNext(0);
        // After the preprocessed number, times, and five cells of the mask.
        var idle = rangeTable + 1 + 1 + 5;

        for (var changed : List.of(0, idle)) {
            var lying = new Strategy() {
                @Override
                public List<Element> openings(List<Element> values) {
                    var others = new ArrayList<>(values);
                    others.set(
                            changed,
                            values.get(changed).plus(values.get(changed).field().one()));
                    return others;
                }
            };

            assertThat(reason(Proofs.proveAndVerify(execution.machine(), execution, lying)))
                    .isInstanceOf(changed == idle ? Reason.NotLowDegree.class : Reason.ConstraintsViolated.class);
        }
    }

    @Test
    void anUnbalancedBusIsNamed() {
        var forged = Forgery.of(AdderCheats.honest()).claiming(5, 1, 1);

        assertThat(reason(Proofs.proveAndVerify(forged.machine(), forged, Strategy.HONEST)))
                .isEqualTo(new Reason.BusesUnbalanced());
    }

    private static Reason reason(Verdict verdict) {
        return ((Rejected) verdict).reason();
    }
}
