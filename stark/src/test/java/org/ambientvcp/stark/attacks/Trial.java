package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.prover.Strategy;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verdict.Accepted;
import org.ambientvcp.stark.verifier.Verdict.Reason;
import org.ambientvcp.stark.verifier.Verdict.Rejected;

/// One attack with whole proofs, and what must come of it. Text says which, exactly enough to repeat it.
sealed interface Trial {

    /// Attacks.
    ///
    /// @return what the verifier of the full machine said
    /// @throws AssertionError if that is the wrong answer
    Verdict run();

    /// Because of what it shows, not of how it looks.
    private static void requireRefused(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .isInstanceOfAny(Reason.ConstraintsViolated.class, Reason.BusesUnbalanced.class));
    }

    /// No attack: what is right is accepted.
    record Honest(Execution execution) implements Trial {
        @Override
        public Verdict run() {
            var verdict = Proofs.proveAndVerify(execution.machine(), execution, Strategy.HONEST);
            assertThat(verdict).isEqualTo(new Accepted(100));
            return verdict;
        }

        @Override
        public String toString() {
            return "%s of 2^%s rows, honest".formatted(execution.machine().name(), execution.logHeights());
        }
    }

    /// A forged trace that violates one part is accepted by the machine without this part, so that the part is needed,
    /// and refused by the full machine.
    ///
    /// @param name the machine and the part
    /// @param cheat made when it is needed: a trace of megabytes
    record MissingPart(String name, Supplier<Cheat> cheat) implements Trial {
        /// A forged row may be the last one, where an honest prover would write the mask.
        private static final Strategy MASKS_OF_THE_TRACE = new Strategy() {
            @Override
            public boolean keepsMasks() {
                return true;
            }
        };

        @Override
        public Verdict run() {
            var made = cheat.get();
            var forged = made.forged();
            var full = forged.machine();
            var weakened = made.weakening().of(full);

            assertThat(Proofs.proveAndVerify(weakened, forged, MASKS_OF_THE_TRACE))
                    .as("verdict of the machine %s", name)
                    .isInstanceOf(Accepted.class);
            var verdict = Proofs.proveAndVerify(full, forged, MASKS_OF_THE_TRACE);
            requireRefused(verdict);
            return verdict;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// One cell of an honest trace is changed and the trace proven all the same: refused if [TraceCheck] finds that it
    /// violates anything, accepted if the cell means nothing.
    ///
    /// @param change added to the cell, 1 to p - 1
    record ChangedCell(Execution honest, int chip, int column, int row, int change) implements Trial {
        @Override
        public Verdict run() {
            var changed = changed();
            var verdict = Proofs.proveAndVerify(changed.machine(), changed, Strategy.HONEST);
            if (violates(changed)) requireRefused(verdict);
            else assertThat(verdict).isInstanceOf(Accepted.class);
            return verdict;
        }

        /// Whether the cell means anything.
        boolean isViolation() {
            return violates(changed());
        }

        /// With those of its machine and its chip.
        String columnName() {
            var definition = honest.machine().chips().get(chip);
            return "%s, %s: %s"
                    .formatted(
                            honest.machine().name(),
                            definition.name(),
                            definition.columns().get(column).name());
        }

        private Execution changed() {
            var copy = honest.copy();
            var cells = copy.tables().get(chip)[column];
            cells[row] = Field.of((long) cells[row] + change);
            return copy;
        }

        private boolean violates(Execution changed) {
            var machine = changed.machine();
            return !(machine.chips().size() == 1 && machine.buses().isEmpty()
                            ? TraceCheck.violations(machine, changed, rows())
                            : TraceCheck.violations(changed))
                    .isEmpty();
        }

        /// All rows from which the cell can be seen: each row sees the next one, and the last one the first.
        private Set<Integer> rows() {
            var last = honest.tables().get(chip)[column].length - 1;
            return new TreeSet<>(Set.of(row, row == 0 ? last : row - 1));
        }

        @Override
        public String toString() {
            return "%s, row %d of 2^%s: %d added".formatted(columnName(), row, honest.logHeights(), change);
        }
    }
}
