package org.ambientvcp.stark.attacks;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.Boundary;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Interaction;
import org.ambientvcp.stark.air.Machine;

/// A part of a machine that an attack does without.
sealed interface Weakening {

    /// The machine without the part.
    Machine of(Machine machine);

    /// What [TraceCheck] says of a trace that only the weakened machine takes.
    String violation();

    record WithoutConstraint(String chip, String constraint) implements Weakening {
        @Override
        public Machine of(Machine machine) {
            return machine.with(machine.chips().get(machine.chip(chip)).withoutConstraint(constraint));
        }

        @Override
        public String violation() {
            return chip + ": " + constraint;
        }

        @Override
        public String toString() {
            return "without '" + violation() + "'";
        }
    }

    /// For range checks: the other side of the bus stays.
    record WithoutInteraction(String chip, String interaction) implements Weakening {
        @Override
        public Machine of(Machine machine) {
            return machine.with(machine.chips().get(machine.chip(chip)).withoutInteraction(interaction));
        }

        @Override
        public String violation() {
            return "bus range";
        }

        @Override
        public String toString() {
            return "without '" + chip + ": " + interaction + "'";
        }
    }

    /// Nobody speaks on a bus any more. Half of a bus would not help a cheat: what one side says must be heard by the
    /// other.
    record WithoutBus(String bus) implements Weakening {
        @Override
        public Machine of(Machine machine) {
            var weakened = new Machine(
                    machine.name(),
                    machine.buses(),
                    machine.chips(),
                    machine.publicValues(),
                    machine.boundary().stream()
                            .filter(part -> !part.bus().name().equals(bus))
                            .toList());
            for (var chip : machine.chips())
                for (var interaction : chip.interactions())
                    if (interaction.bus().name().equals(bus))
                        weakened = weakened.with(weakened.chips()
                                .get(weakened.chip(chip.name()))
                                .withoutInteraction(interaction.name()));
            return weakened;
        }

        @Override
        public String violation() {
            return "bus " + bus;
        }

        @Override
        public String toString() {
            return "without bus '" + bus + "'";
        }
    }

    /// An entry of each message on a bus is 0: nobody is bound by it.
    record WithoutEntry(String bus, int entry) implements Weakening {
        @Override
        public Machine of(Machine machine) {
            return new Machine(
                    machine.name(),
                    machine.buses(),
                    machine.chips().stream().map(this::chip).toList(),
                    machine.publicValues(),
                    machine.boundary().stream()
                            .map(part -> new Boundary(
                                    part.name(), part.bus(), part.multiplicity(), message(part.bus(), part.message())))
                            .toList());
        }

        private ChipDef chip(ChipDef chip) {
            return new ChipDef(
                    chip.name(),
                    chip.columns(),
                    chip.preprocessed(),
                    chip.real(),
                    chip.constraints(),
                    chip.interactions().stream()
                            .map(interaction -> new Interaction(
                                    interaction.name(),
                                    interaction.bus(),
                                    interaction.multiplicity(),
                                    message(interaction.bus(), interaction.message())))
                            .toList(),
                    chip.mask());
        }

        private List<Expr> message(Bus of, List<Expr> message) {
            if (!of.name().equals(bus)) return message;
            var weakened = new ArrayList<>(message);
            weakened.set(entry, Expr.constant(0));
            return weakened;
        }

        @Override
        public String violation() {
            return "bus " + bus;
        }

        @Override
        public String toString() {
            return "without entry " + entry + " of bus '" + bus + "'";
        }
    }
}
