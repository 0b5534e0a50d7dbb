package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.attacks.Weakening.WithoutBus;
import org.ambientvcp.stark.attacks.Weakening.WithoutConstraint;
import org.ambientvcp.stark.attacks.Weakening.WithoutEntry;
import org.ambientvcp.stark.attacks.Weakening.WithoutInteraction;
import org.ambientvcp.stark.machines.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every part of every machine is needed: there is an attack that only this part stops.
class NecessityTest {

    static Stream<Cheat> cheats() {
        return Stream.of(FibonacciCheats.all(), AdderCheats.all(), RamCheats.all())
                .flatMap(List::stream);
    }

    static Stream<Execution> honest() {
        return Stream.of(FibonacciCheats.honest(), AdderCheats.honest(), RamCheats.honest());
    }

    @Test
    void anHonestTraceOfSha256ViolatesNothing() {
        assertThat(TraceCheck.violations(Sha256Cheats.honest())).isEmpty();
    }

    /// Hundreds of constraints: looked at on the rows that differ from the honest ones, and their neighbours.
    @Test
    void aForgedTraceOfSha256ViolatesOnlyTheConstraintThatIsMissing() {
        Sha256Cheats.all().forEach(cheat -> {
            var rows = changedRows(cheat.forged(), Sha256Cheats.honest());

            assertThat(TraceCheck.violations(cheat.forged().machine(), cheat.forged(), rows))
                    .containsExactly(cheat.weakening().violation());
        });
    }

    private static Set<Integer> changedRows(Execution forged, Execution honest) {
        var rows = new TreeSet<>(Set.of(0, honest.tables().getFirst()[0].length - 1));
        for (var column = 0; column < forged.tables().getFirst().length; column++)
            for (var row = 0; row < forged.tables().getFirst()[column].length; row++)
                if (forged.tables().getFirst()[column][row] != honest.tables().getFirst()[column][row])
                    for (var near = Math.max(0, row - 1); near <= row; near++) rows.add(near);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("honest")
    void honestTracesViolateNothing(Execution execution) {
        assertThat(TraceCheck.violations(execution)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void aForgedTraceViolatesOnlyThePartThatIsMissing(Cheat cheat) {
        var weakened = cheat.weakening().of(cheat.forged().machine());

        assertThat(TraceCheck.violations(weakened, cheat.forged())).isEmpty();
        assertThat(TraceCheck.violations(cheat.forged()))
                .containsExactly(cheat.weakening().violation());
    }

    @Test
    void thereIsAnAttackOnEveryPart() {
        var attacked = new HashSet<Weakening>();
        cheats().forEach(cheat -> attacked.add(cheat.weakening()));

        honest().forEach(execution -> assertThat(attacked).containsAll(parts(execution.machine())));
    }

    /// All constraints, all range checks, all buses and each entry of their messages.
    private static Set<Weakening> parts(Machine machine) {
        var parts = new HashSet<Weakening>();
        for (var chip : machine.chips()) {
            for (var constraint : chip.constraints()) parts.add(new WithoutConstraint(chip.name(), constraint.name()));
            for (var interaction : chip.interactions())
                if (interaction.name().contains(" is below "))
                    parts.add(new WithoutInteraction(chip.name(), interaction.name()));
        }
        for (var bus : machine.buses()) {
            parts.add(new WithoutBus(bus.name()));
            for (var entry = 0; entry < bus.arity(); entry++) parts.add(new WithoutEntry(bus.name(), entry));
        }
        return parts;
    }
}
