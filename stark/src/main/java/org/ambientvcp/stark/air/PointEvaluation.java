package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Dag.Node;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.jspecify.annotations.Nullable;

/// Evaluates expressions where every column has one value, an element of the challenge field. Equal parts are evaluated
/// once, whichever expressions they are in. Not thread-safe.
public final class PointEvaluation {
    private final ExtensionField field;
    private final Row row;
    private final int[] publicValues;
    private final Dag dag = new Dag();
    private final List<Element> values = new ArrayList<>();

    /// What the columns are at a point.
    ///
    /// @param main one value for each main column
    /// @param next the main columns at the next row, by column; those that no expression reads there are missing
    /// @param preprocessed one value for each preprocessed column
    /// @param firstRow the polynomial that is 1 on the first row and 0 on all others
    /// @param lastRow the polynomial that is 1 on the last row and 0 on all others
    public record Row(
            List<Element> main,
            Map<Integer, Element> next,
            List<Element> preprocessed,
            Element firstRow,
            Element lastRow) {}

    /// @param publicValues base elements
    public PointEvaluation(ExtensionField field, Row row, int[] publicValues) {
        this.field = field;
        this.row = row;
        this.publicValues = publicValues.clone();
    }

    /// For expressions over constants and public values alone.
    ///
    /// @param publicValues base elements
    public static PointEvaluation withoutRow(ExtensionField field, int[] publicValues) {
        var none = new Row(List.of(), Map.of(), List.of(), field.zero(), field.zero());
        return new PointEvaluation(field, none, publicValues);
    }

    public Element of(Expr expr) {
        var number = dag.add(expr);
        for (var i = values.size(); i < dag.size(); i++) values.add(compute(dag.node(i)));
        return values.get(number);
    }

    private Element compute(Node node) {
        int a = node.a(), b = node.b();
        return switch (node.op()) {
            case CONSTANT -> field.base(BabyBear.fromCanonical(a));
            case MAIN -> row.main().get(a);
            case MAIN_NEXT -> required(row.next().get(a), a);
            case PREPROCESSED -> row.preprocessed().get(a);
            case PUBLIC -> field.base(publicValues[a]);
            case FIRST_ROW -> row.firstRow();
            case LAST_ROW -> row.lastRow();
            case ADD -> values.get(a).plus(values.get(b));
            case SUBTRACT -> values.get(a).minus(values.get(b));
            case MULTIPLY -> values.get(a).times(values.get(b));
            case SHIFT -> values.get(a).times(BabyBear.inverse(BabyBear.of(1L << b)));
        };
    }

    private static Element required(@Nullable Element value, int column) {
        if (value == null) throw new IllegalArgumentException("column is not opened on the next row: " + column);
        return value;
    }
}
