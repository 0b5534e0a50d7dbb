package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ambientvcp.stark.air.Constraint.Scope;
import org.ambientvcp.stark.air.Expr.Bounded;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Expr.Constant;

/// Writes a chip so that the usual omissions cannot happen.
///
/// - A bit gets its constraint, a checked column its range check, when it is declared.
/// - Every multiplicity is a multiple of `real`: padding rows say nothing on a bus.
/// - `real` is 0 or 1, and 0 on the last row where that row's cells carry the mask of the bus sum.
/// - [#build] refuses a chip in which a limb expression could wrap mod p ([IntervalAnalysis]).
///
/// Declare columns first, then say which rows are real, then the rest. Not thread-safe.
public final class ChipBuilder {
    private final String name;
    private final List<ColumnDef> columns = new ArrayList<>();
    private final List<Preprocessed> preprocessed = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Interaction> interactions = new ArrayList<>();
    private final List<Integer> mask = new ArrayList<>();
    private Expr real = Constant.ZERO;
    private boolean realDeclared;
    private boolean maskShared;

    private ChipBuilder(String name) {
        this.name = name;
    }

    public static ChipBuilder named(String name) {
        return new ChipBuilder(name);
    }

    /// A column of field elements, about which nothing is known.
    public Cell field(String column) {
        return add(ColumnDef.field(column));
    }

    /// A column of 0 and 1 on every row.
    public Cell bit(String column) {
        var cell = add(new ColumnDef(column, 0, 1, "its constraint"));
        always(column + " is a bit", cell.times(cell.minus(1)));
        return cell;
    }

    /// A column that every real row checks on a range bus.
    public Cell checked(String column, Bus range) {
        if (!range.isRange()) throw new IllegalArgumentException("bus " + range.name() + " is no range bus");
        var cell = add(new ColumnDef(column, 0, range.limit() - 1, "bus " + range.name()));
        send(column + " is below " + range.limit(), range, cell);
        return cell;
    }

    /// A column whose range follows from something this builder does not see, such as another chip's checks.
    ///
    /// @param reason the argument, for the reader
    public Cell known(String column, long low, long high, String reason) {
        return add(new ColumnDef(column, low, high, reason));
    }

    /// A column that the verification key fixes.
    ///
    /// @param values canonical elements, one per row; their number is the height of the chip
    public Cell preprocessed(String column, int... values) {
        preprocessed.add(new Preprocessed(column, values));
        return new Cell(Cell.Kind.PREPROCESSED, preprocessed.size() - 1, false);
    }

    /// A bit that says which rows take part; the others are padding.
    public Cell realFlag(String column) {
        var flag = bit(column);
        setReal(flag);
        return flag;
    }

    /// The expression that is 1 on rows that take part and 0 on padding, such as the sum of operation flags.
    public void real(Expr flags) {
        setReal(flags);
        if (!isFixed(flags)) always("real is 0 or 1", flags.times(flags.minus(1)));
    }

    /// Every row takes part: a table.
    public void everyRowReal() {
        setReal(Constant.ONE);
    }

    public void always(String sentence, Expr zero) {
        constraints.add(new Constraint(sentence, Scope.EVERY_ROW, zero, false));
    }

    public void first(String sentence, Expr zero) {
        constraints.add(new Constraint(sentence, Scope.FIRST_ROW, zero, false));
    }

    public void last(String sentence, Expr zero) {
        constraints.add(new Constraint(sentence, Scope.LAST_ROW, zero, false));
    }

    public void transition(String sentence, Expr zero) {
        constraints.add(new Constraint(sentence, Scope.TRANSITION, zero, false));
    }

    /// A constraint of field elements, for which zero mod p is what is meant; the interval analysis leaves it out.
    public void inField(Scope scope, String sentence, Expr zero) {
        constraints.add(new Constraint(sentence, scope, zero, true));
    }

    /// Constrains an expression to 0 and 1 where `when` is not 0, and returns it as an integer of that range.
    public Expr carry(String carry, Expr when, Expr value) {
        return integer(carry, when, value, 0, 1);
    }

    /// Constrains an expression to low … high where `when` is not 0, and returns it as an integer of that range.
    public Expr integer(String integer, Expr when, Expr value, long low, long high) {
        var zero = when;
        for (var i = low; i <= high; i++) zero = zero.times(i == 0 ? value : value.minus(i));
        always(integer + " is " + low + " to " + high, zero);
        return new Bounded(value, when, low, high);
    }

    /// Each real row puts a message on a bus.
    public void send(String interaction, Bus bus, Expr... message) {
        interactions.add(new Interaction(interaction, bus, requireReal(), Arrays.asList(message)));
    }

    /// Each real row takes a message off a bus.
    public void receive(String interaction, Bus bus, Expr... message) {
        interactions.add(new Interaction(interaction, bus, requireReal().negate(), Arrays.asList(message)));
    }

    /// Each real row puts a message on a bus `times` times.
    public void sendTimes(String interaction, Expr times, Bus bus, Expr... message) {
        interactions.add(new Interaction(interaction, bus, realTimes(times), Arrays.asList(message)));
    }

    /// Each real row takes a message off a bus `times` times: how a table answers lookups.
    public void receiveTimes(String interaction, Expr times, Bus bus, Expr... message) {
        interactions.add(new Interaction(interaction, bus, realTimes(times).negate(), Arrays.asList(message)));
    }

    /// Hides the bus sum in cells of existing columns on the last row, which becomes padding.
    ///
    /// @param six columns that no constraint restrains on a padding row
    public void maskedBy(Cell... six) {
        maskShared = true;
        for (var cell : six) mask.add(cell.index());
    }

    /// Hides the bus sum in columns of its own; the last row may take part.
    public void maskedByOwnColumns() {
        for (var i = 0; i < ChipDef.MASK_COLUMNS; i++)
            mask.add(field("mask " + i).index());
    }

    /// @throws IllegalArgumentException when the chip could not be proven soundly; the message names the part
    public ChipDef build() {
        if (!interactions.isEmpty() && mask.isEmpty())
            throw new IllegalArgumentException("chip " + name + " has interactions and no mask columns");
        if (maskShared) {
            if (isFixed(real)) throw new IllegalArgumentException("chip " + name + " has no padding row for its mask");
            last("the last row is padding", real);
        }
        var chip = new ChipDef(
                name, columns, preprocessed, realDeclared ? real : Constant.ONE, constraints, interactions, mask);
        var problems = IntervalAnalysis.problems(chip);
        if (!problems.isEmpty())
            throw new IllegalArgumentException("chip " + name + ": " + String.join("; ", problems));
        return chip;
    }

    private Cell add(ColumnDef column) {
        columns.add(column);
        return new Cell(Cell.Kind.MAIN, columns.size() - 1, false);
    }

    private void setReal(Expr expr) {
        if (realDeclared) throw new IllegalStateException("chip " + name + " says twice which rows are real");
        real = expr;
        realDeclared = true;
    }

    private Expr requireReal() {
        if (!realDeclared) throw new IllegalStateException("chip " + name + " does not say yet which rows are real");
        return real;
    }

    private Expr realTimes(Expr times) {
        return requireReal().equals(Constant.ONE) ? times : requireReal().times(times);
    }

    /// Whether the prover has no say in the value.
    private static boolean isFixed(Expr expr) {
        var dag = new Dag();
        dag.add(expr);
        return dag.nodes().stream().noneMatch(node -> node.op() == Dag.Op.MAIN || node.op() == Dag.Op.MAIN_NEXT);
    }
}
