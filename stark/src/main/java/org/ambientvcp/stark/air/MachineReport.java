package org.ambientvcp.stark.air;

import java.util.List;

/// The size of a machine, for those who pay for it.
///
/// @param chips in the machine's order
public record MachineReport(String machine, List<Chip> chips) {

    /// @param auxColumns base columns of the auxiliary trace in the field of degree 5
    /// @param degree the highest of its constraints, LogUp's among them
    /// @param buses names of those it speaks on
    public record Chip(
            String name,
            int columns,
            int preprocessed,
            int constraints,
            int interactions,
            int fractions,
            int auxColumns,
            int degree,
            List<String> buses) {}

    public MachineReport {
        chips = List.copyOf(chips);
    }

    public static MachineReport of(Machine machine) {
        return new MachineReport(
                machine.name(),
                machine.chips().stream().map(MachineReport::measure).toList());
    }

    private static Chip measure(ChipDef chip) {
        var degree = chip.constraints().stream().mapToInt(Degree::of).max().orElse(0);
        for (var fraction : chip.fractions()) degree = Math.max(degree, degree(chip, fraction));
        return new Chip(
                chip.name(),
                chip.width(),
                chip.preprocessed().size(),
                chip.constraints().size(),
                chip.interactions().size(),
                chip.fractions().size(),
                chip.auxWidth(5),
                degree,
                chip.interactions().stream()
                        .map(interaction -> interaction.bus().name())
                        .distinct()
                        .toList());
    }

    private static int degree(ChipDef chip, Fraction fraction) {
        var first = chip.interactions().get(fraction.first());
        var da = Fraction.messageDegree(first);
        if (!fraction.isPair()) return Math.max(1 + da, Degree.of(first.multiplicity()));
        var second = chip.interactions().get(fraction.second());
        var db = Fraction.messageDegree(second);
        return Math.max(
                1 + da + db, Math.max(Degree.of(first.multiplicity()) + db, Degree.of(second.multiplicity()) + da));
    }

    /// A table in Markdown.
    @Override
    public String toString() {
        var table = new StringBuilder("| chip | columns | preprocessed | constraints | interactions | fractions |"
                + " aux columns | degree | buses |\n|---|---|---|---|---|---|---|---|---|\n");
        for (var chip : chips)
            table.append("| %s | %d | %d | %d | %d | %d | %d | %d | %s |%n"
                    .formatted(
                            chip.name,
                            chip.columns,
                            chip.preprocessed,
                            chip.constraints,
                            chip.interactions,
                            chip.fractions,
                            chip.auxColumns,
                            chip.degree,
                            String.join(", ", chip.buses)));
        return table.toString();
    }
}
