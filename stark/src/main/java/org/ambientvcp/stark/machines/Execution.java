package org.ambientvcp.stark.machines;

import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.proof.Words;

/// A run of a machine, ready to be proven.
///
/// @param machine that ran
/// @param tables one for each chip: its main columns of canonical elements, all of one height. The prover owns them
/// from now on and
///     writes the masks of the bus sums into them
/// @param publicValues what the statement says of the run
public record Execution(Machine machine, List<int[][]> tables, Words publicValues) {
    public Execution {
        tables = List.copyOf(tables);
        if (tables.size() != machine.chips().size())
            throw new IllegalArgumentException(
                    "tables are not of %d chips: %d".formatted(machine.chips().size(), tables.size()));
        for (var i = 0; i < tables.size(); i++)
            if (tables.get(i).length != machine.chips().get(i).width())
                throw new IllegalArgumentException("columns of %s are not %d: %d"
                        .formatted(
                                machine.chips().get(i).name(),
                                machine.chips().get(i).width(),
                                tables.get(i).length));
        if (publicValues.size() != machine.publicValues())
            throw new IllegalArgumentException(
                    "public values are not %d: %d".formatted(machine.publicValues(), publicValues.size()));
    }

    /// A deep copy, for whoever wants to change cells or prove twice.
    public Execution copy() {
        return new Execution(
                machine,
                tables.stream()
                        .map(table -> Arrays.stream(table).map(int[]::clone).toArray(int[][]::new))
                        .toList(),
                publicValues);
    }

    /// Binary logarithms of the rows of the tables.
    public List<Integer> logHeights() {
        return tables.stream()
                .map(table -> Integer.numberOfTrailingZeros(table[0].length))
                .toList();
    }
}
