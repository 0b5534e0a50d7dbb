package org.ambientvcp.stark.attacks;

import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.proof.Words;

/// A trace that is written cell by cell, whatever it means. Numbers are integers of any sign.
final class Forgery {
    static final String RANGE_TABLE = "range table";

    private final Execution execution;

    private Forgery(Execution execution) {
        this.execution = execution;
    }

    /// Begins with a copy of a trace.
    static Forgery of(Execution execution) {
        return new Forgery(execution.copy());
    }

    Forgery set(String chip, String column, int row, long value) {
        column(chip, column)[row] = Field.of(value);
        return this;
    }

    /// Changes cells of the first columns of a row.
    Forgery row(String chip, int row, long... values) {
        var table = execution.tables().get(execution.machine().chip(chip));
        for (var column = 0; column < values.length; column++) table[column][row] = Field.of(values[column]);
        return this;
    }

    int get(String chip, String column, int row) {
        return column(chip, column)[row];
    }

    /// The range table answers for a number, if it has it.
    Forgery ask(long number, long times) {
        var answers = column(RANGE_TABLE, "times");
        if (number >= 0 && number < answers.length) answers[(int) number] = Field.of(answers[(int) number] + times);
        return this;
    }

    /// Takes back what a column asks for: without its range check nobody asks.
    Forgery withoutCheck(String chip, String column) {
        var cells = column(chip, column);
        for (var row = 0; row < cells.length; row++) ask(cells[row], -get(chip, "real", row));
        return this;
    }

    int[] column(String chip, String column) {
        var machine = execution.machine();
        var index = machine.chip(chip);
        return execution.tables().get(index)[machine.chips().get(index).column(column)];
    }

    /// The trace, with the public values it began with.
    Execution claimingTheSame() {
        return new Execution(execution.machine(), execution.tables(), execution.publicValues());
    }

    /// The trace, with these public values.
    Execution claiming(long... publicValues) {
        var values = new int[publicValues.length];
        for (var i = 0; i < values.length; i++) values[i] = Field.of(publicValues[i]);
        return new Execution(execution.machine(), execution.tables(), Words.of(values));
    }
}
