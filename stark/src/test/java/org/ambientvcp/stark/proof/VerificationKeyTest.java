package org.ambientvcp.stark.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.ambientvcp.stark.air.Boundary;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.ColumnDef;
import org.ambientvcp.stark.air.Constraint;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Interaction;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.air.Preprocessed;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Fibonacci;
import org.ambientvcp.stark.machines.Ram;
import org.ambientvcp.stark.security.Parameters;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.security.Sizes;
import org.junit.jupiter.api.Test;

class VerificationKeyTest {
    private static final Digest ROOT = Digest.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 0);

    /// All that a key is made of. A new part must be named here, and is then changed field by field.
    private static final Set<Class<?>> PARTS = Set.of(
            VerificationKey.class,
            Machine.class,
            Bus.class,
            Boundary.class,
            ChipDef.class,
            ColumnDef.class,
            Preprocessed.class,
            Constraint.class,
            Interaction.class,
            Profile.class,
            Parameters.class,
            Sizes.class,
            Expr.Constant.class,
            Expr.Cell.class,
            Expr.PublicValue.class,
            Expr.Sum.class,
            Expr.Difference.class,
            Expr.Product.class,
            Expr.Shifted.class,
            Expr.Bounded.class);

    @Test
    void everyFieldOfEveryPartChangesTheDigest() {
        var changed = new LinkedHashMap<KeyMutations.Field, Integer>();
        var digests = new HashSet<Digest>();
        for (var key : List.of(
                new VerificationKey(withUnusedBus(Adder.machine(13)), Profile.HIGH_128, ROOT),
                new VerificationKey(Ram.machine(13), Profile.STANDARD, ROOT))) {
            digests.add(key.digest());
            for (var part : KeyMutations.parts(key)) {
                for (var field : KeyMutations.fields(part)) {
                    changed.putIfAbsent(field, 0);
                    for (var variant : KeyMutations.variants(part, field)) {
                        var other = KeyMutations.replace(key, part, variant);
                        if (other.isEmpty() || other.get().equals(key)) continue;
                        changed.merge(field, 1, Integer::sum);
                        assertThat(((VerificationKey) other.get()).digest())
                                .as("%s: %s instead of %s", field, variant, part)
                                .isNotEqualTo(key.digest());
                    }
                }
            }
        }

        assertThat(changed.keySet().stream().map(KeyMutations.Field::type)).containsAll(PARTS);
        assertThat(PARTS)
                .containsAll(
                        changed.keySet().stream().map(KeyMutations.Field::type).toList());
        // Fields that could not be changed alone have not been tested.
        assertThat(changed)
                .allSatisfy(
                        (field, times) -> assertThat(times).as(field.toString()).isPositive());
        assertThat(digests).hasSize(2);
    }

    @Test
    void equalMachinesHaveOneKeyHoweverTheirPartsAreShared() {
        var shared = new Expr.Cell(Expr.Cell.Kind.MAIN, 0, false);
        var once = machine(shared.times(shared).plus(shared));
        var apart = machine(new Expr.Cell(Expr.Cell.Kind.MAIN, 0, false)
                .times(new Expr.Cell(Expr.Cell.Kind.MAIN, 0, false))
                .plus(new Expr.Cell(Expr.Cell.Kind.MAIN, 0, false)));

        assertThat(key(once).digest()).isEqualTo(key(apart).digest());
    }

    @Test
    void heightsOutsideTheBoundsHaveNoShape() {
        var key = key(Fibonacci.machine());

        assertThat(key.shape(List.of(12)).maxLogHeight()).isEqualTo(12);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.shape(List.of(11)))
                .withMessage("height of fibonacci is not 2^12–2^20: 2^11");
        assertThatIllegalArgumentException().isThrownBy(() -> key.shape(List.of(21)));
        assertThatIllegalArgumentException().isThrownBy(() -> key.shape(List.of(12, 12)));
    }

    @Test
    void preprocessedColumnsFixTheHeight() {
        var key = new VerificationKey(Adder.machine(13), Profile.STANDARD, ROOT);

        assertThat(key.shape(List.of(12, 13)).maxLogHeight()).isEqualTo(13);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.shape(List.of(12, 14)))
                .withMessage("height of range table is not 2^13–2^13: 2^14");
    }

    @Test
    void aTableTooLowForTheProfileHasNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(Adder.machine(12), Profile.FAST, ROOT))
                .withMessage("chip range table is too low for FAST");
    }

    @Test
    void theRootIsThereIfThereAreColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(Adder.machine(12), Profile.STANDARD, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(Fibonacci.machine(), Profile.STANDARD, ROOT));
    }

    @Test
    void sizesCountInteractionsOfAllRows() {
        var sizes = new VerificationKey(Adder.machine(12), Profile.STANDARD, ROOT).sizes(List.of(14, 12));

        assertThat(sizes.interactions()).isEqualTo(6 * (1 << 14) + (1 << 12) + 2);
        assertThat(sizes.logHeight()).isEqualTo(14);
        assertThat(sizes.within(Profile.STANDARD.limits())).isTrue();
    }

    /// Of a bus that is used the arity cannot be changed alone.
    private static Machine withUnusedBus(Machine machine) {
        var buses = new ArrayList<>(machine.buses());
        buses.add(Bus.of("unused", 2));
        return new Machine(machine.name(), buses, machine.chips(), machine.publicValues(), machine.boundary());
    }

    private static VerificationKey key(Machine machine) {
        return new VerificationKey(machine, Profile.STANDARD, null);
    }

    private static Machine machine(Expr expression) {
        var constraint = new Constraint("it is 0", Constraint.Scope.EVERY_ROW, expression, true);
        var chip = new ChipDef(
                "chip",
                List.of(new ColumnDef("column", 0, 1, "none")),
                List.of(),
                Expr.constant(1),
                List.of(constraint),
                List.of(),
                List.of());
        return new Machine("machine", List.of(), List.of(chip), 0, List.of());
    }
}
