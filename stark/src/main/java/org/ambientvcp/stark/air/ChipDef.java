package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.ambientvcp.stark.air.Dag.Op;
import org.ambientvcp.stark.air.Expr.Constant;
import org.ambientvcp.stark.air.Expr.Product;

/// One table: its columns, what holds on each row, and what each row says on the buses.
///
/// The constructor refuses a chip that the protocol could not prove soundly: a degree above [#MAX_DEGREE], a
/// multiplicity that is no multiple of `real`, a column that is not there. [ChipBuilder] is the usual way to make one.
///
/// @param preprocessed columns fixed by the verification key; they fix the height as well
/// @param real 1 on rows that take part, 0 on padding; the constant 1 where every row takes part
/// @param mask the main columns whose cells on the last row hide the chip's bus sum, [#MASK_COLUMNS] of them; none when
///     there is no interaction
public record ChipDef(
        String name,
        List<ColumnDef> columns,
        List<Preprocessed> preprocessed,
        Expr real,
        List<Constraint> constraints,
        List<Interaction> interactions,
        List<Integer> mask) {

    /// The highest degree of a constraint; the quotient has one less.
    public static final int MAX_DEGREE = 3;

    /// As many as the largest extension field has base coordinates; a smaller field leaves the last ones idle.
    public static final int MASK_COLUMNS = 6;

    public ChipDef {
        if (name.isBlank()) throw new IllegalArgumentException("chip name is blank");
        columns = List.copyOf(columns);
        preprocessed = List.copyOf(preprocessed);
        constraints = List.copyOf(constraints);
        interactions = List.copyOf(interactions);
        mask = List.copyOf(mask);
        if (columns.isEmpty()) throw new IllegalArgumentException("chip " + name + " has no column");
        requireUnique(name, "column", columns.stream().map(ColumnDef::name).toList());
        requireUnique(
                name, "column", preprocessed.stream().map(Preprocessed::name).toList());
        requireUnique(
                name, "constraint", constraints.stream().map(Constraint::name).toList());
        requireUnique(
                name,
                "interaction",
                interactions.stream().map(Interaction::name).toList());
        if (preprocessed.stream().map(Preprocessed::height).distinct().count() > 1)
            throw new IllegalArgumentException("preprocessed columns of chip " + name + " differ in height");
        requireMask(name, columns.size(), interactions, mask);
        for (var constraint : constraints) {
            requireDegree(name, constraint.name(), Degree.of(constraint));
            requireCells(name, columns.size(), preprocessed.size(), constraint.expr());
        }
        requireCells(name, columns.size(), preprocessed.size(), real);
        for (var interaction : interactions) {
            requireDegree(name, interaction.name(), Degree.of(interaction.multiplicity()));
            requireDegree(name, interaction.name(), 1 + Fraction.messageDegree(interaction));
            if (!isMultiple(interaction.multiplicity(), real))
                throw new IllegalArgumentException(
                        "multiplicity of " + interaction.name() + " in chip " + name + " is no multiple of real");
            requireCells(name, columns.size(), preprocessed.size(), interaction.multiplicity());
            for (var entry : interaction.message()) requireCells(name, columns.size(), preprocessed.size(), entry);
        }
    }

    /// Main columns.
    public int width() {
        return columns.size();
    }

    /// Rows fixed by the preprocessed columns, 0 where the prover chooses.
    public int fixedHeight() {
        return preprocessed.isEmpty() ? 0 : preprocessed.getFirst().height();
    }

    /// The LogUp columns, in order.
    public List<Fraction> fractions() {
        return Fraction.pack(interactions);
    }

    /// Base columns of the auxiliary trace: the fractions and their running sum, or none.
    ///
    /// @param extensionDegree base coordinates of a challenge
    public int auxWidth(int extensionDegree) {
        return interactions.isEmpty() ? 0 : extensionDegree * (fractions().size() + 1);
    }

    /// The main columns that are read on the next row, ascending.
    public List<Integer> nextColumns() {
        var dag = new Dag();
        constraints.forEach(constraint -> dag.add(constraint.expr()));
        interactions.forEach(interaction -> {
            dag.add(interaction.multiplicity());
            interaction.message().forEach(dag::add);
        });
        var columns = new TreeSet<Integer>();
        for (var node : dag.nodes()) if (node.op() == Op.MAIN_NEXT) columns.add(node.a());
        return List.copyOf(columns);
    }

    /// The number of a main column.
    public int column(String columnName) {
        for (var i = 0; i < columns.size(); i++) if (columns.get(i).name().equals(columnName)) return i;
        throw new IllegalArgumentException("chip " + name + " has no column " + columnName);
    }

    /// This chip without one of its constraints: shows in tests what the constraint is for.
    public ChipDef withoutConstraint(String constraintName) {
        var rest = new ArrayList<>(constraints);
        if (!rest.removeIf(constraint -> constraint.name().equals(constraintName)))
            throw new IllegalArgumentException("chip " + name + " has no constraint " + constraintName);
        return new ChipDef(name, columns, preprocessed, real, rest, interactions, mask);
    }

    /// This chip without one of its interactions: shows in tests what the interaction is for.
    public ChipDef withoutInteraction(String interactionName) {
        var rest = new ArrayList<>(interactions);
        if (!rest.removeIf(interaction -> interaction.name().equals(interactionName)))
            throw new IllegalArgumentException("chip " + name + " has no interaction " + interactionName);
        return new ChipDef(name, columns, preprocessed, real, constraints, rest, rest.isEmpty() ? List.of() : mask);
    }

    /// `real`, `-real`, or a product with `real` as a factor.
    private static boolean isMultiple(Expr multiplicity, Expr real) {
        if (real.equals(Constant.ONE) || multiplicity.equals(real)) return true;
        return switch (multiplicity) {
            case Product(var left, var right) -> isMultiple(left, real) || isMultiple(right, real);
            case Expr.Difference(var left, var right) -> left.equals(Constant.ZERO) && isMultiple(right, real);
            default -> false;
        };
    }

    private static void requireUnique(String chip, String kind, List<String> names) {
        var seen = new HashSet<String>();
        for (var name : names)
            if (!seen.add(name))
                throw new IllegalArgumentException("chip " + chip + " has two of " + kind + " " + name);
    }

    private static void requireDegree(String chip, String part, int degree) {
        if (degree > MAX_DEGREE)
            throw new IllegalArgumentException(
                    "degree of " + part + " in chip " + chip + " is above " + MAX_DEGREE + ": " + degree);
    }

    private static void requireCells(String chip, int width, int preprocessed, Expr expr) {
        var dag = new Dag();
        dag.add(expr);
        for (var node : dag.nodes()) {
            var columns = switch (node.op()) {
                case MAIN, MAIN_NEXT -> width;
                case PREPROCESSED -> preprocessed;
                default -> Integer.MAX_VALUE;
            };
            if (columns != Integer.MAX_VALUE && node.a() >= columns)
                throw new IllegalArgumentException("chip " + chip + " has no column " + node.a());
        }
    }

    private static void requireMask(String chip, int width, List<Interaction> interactions, List<Integer> mask) {
        var expected = interactions.isEmpty() ? 0 : MASK_COLUMNS;
        if (mask.size() != expected || mask.stream().distinct().count() != expected)
            throw new IllegalArgumentException(
                    "chip " + chip + " needs " + expected + " distinct mask columns: " + mask);
        for (var column : mask)
            if (column < 0 || column >= width)
                throw new IllegalArgumentException("chip " + chip + " has no column " + column);
    }
}
