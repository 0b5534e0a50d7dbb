package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What is proven: chips joined by buses, public values, and the messages those put on the buses.
///
/// @param buses all that chips and boundary use; a bus is told from others by its place here
/// @param chips in the order in which they are committed
/// @param publicValues how many numbers a statement has
public record Machine(String name, List<Bus> buses, List<ChipDef> chips, int publicValues, List<Boundary> boundary) {

    public Machine {
        if (name.isBlank()) throw new IllegalArgumentException("machine name is blank");
        if (publicValues < 0) throw new IllegalArgumentException("public values are negative: " + publicValues);
        buses = List.copyOf(buses);
        chips = List.copyOf(chips);
        boundary = List.copyOf(boundary);
        if (chips.isEmpty()) throw new IllegalArgumentException("machine " + name + " has no chip");
        requireUnique(name, "bus", buses.stream().map(Bus::name).toList());
        requireUnique(name, "chip", chips.stream().map(ChipDef::name).toList());
        requireUnique(name, "boundary", boundary.stream().map(Boundary::name).toList());
        for (var chip : chips) {
            for (var constraint : chip.constraints()) requirePublic(name, publicValues, constraint.expr(), true);
            for (var interaction : chip.interactions()) {
                requireBus(name, buses, interaction.bus());
                requirePublic(name, publicValues, interaction.multiplicity(), true);
                for (var entry : interaction.message()) requirePublic(name, publicValues, entry, true);
            }
        }
        for (var part : boundary) {
            requireBus(name, buses, part.bus());
            requirePublic(name, publicValues, part.multiplicity(), false);
            for (var entry : part.message()) requirePublic(name, publicValues, entry, false);
        }
    }

    /// The number of a bus in fingerprints, from 1.
    public int number(Bus bus) {
        return buses.indexOf(bus) + 1;
    }

    /// The place of a chip.
    public int chip(String chipName) {
        for (var i = 0; i < chips.size(); i++) if (chips.get(i).name().equals(chipName)) return i;
        throw new IllegalArgumentException("machine " + name + " has no chip " + chipName);
    }

    /// This machine with another chip in the place of the one of the same name.
    public Machine with(ChipDef chip) {
        var others = new ArrayList<>(chips);
        others.set(chip(chip.name()), chip);
        return new Machine(name, buses, others, publicValues, boundary);
    }

    private static void requireBus(String machine, List<Bus> buses, Bus bus) {
        if (!buses.contains(bus))
            throw new IllegalArgumentException("machine " + machine + " has no bus " + bus.name());
    }

    private static void requirePublic(String machine, int publicValues, Expr expr, boolean inChip) {
        var dag = new Dag();
        dag.add(expr);
        for (var node : dag.nodes()) {
            switch (node.op()) {
                case PUBLIC -> {
                    if (node.a() >= publicValues)
                        throw new IllegalArgumentException("machine " + machine + " has no public value " + node.a());
                }
                case MAIN, MAIN_NEXT, PREPROCESSED, FIRST_ROW, LAST_ROW -> {
                    if (!inChip)
                        throw new IllegalArgumentException("boundary of machine " + machine + " reads a column");
                }
                case CONSTANT, ADD, SUBTRACT, MULTIPLY, SHIFT -> {}
            }
        }
    }

    private static void requireUnique(String machine, String kind, List<String> names) {
        var seen = new HashSet<String>();
        for (var name : names)
            if (!seen.add(name))
                throw new IllegalArgumentException("machine " + machine + " has two of " + kind + " " + name);
    }
}
