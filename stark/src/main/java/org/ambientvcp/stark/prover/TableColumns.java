package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.ChipDef;

/// All committed columns of one table.
///
/// @param degree base coordinates of an element of the extension
record TableColumns(
        ChipDef chip,
        CommittedTable preprocessed,
        CommittedTable main,
        CommittedTable auxiliary,
        CommittedTable quotient,
        int degree) {

    /// A column as it is committed.
    @SuppressWarnings("ArrayRecordComponent") // the arrays are the data
    record Column(int[] extension, int[] tail) {}

    int logRows() {
        return main.logRows();
    }

    List<Column> all() {
        var columns = new ArrayList<Column>();
        for (var table : List.of(preprocessed, main, auxiliary, quotient))
            for (var i = 0; i < table.width(); i++) columns.add(new Column(table.extensions()[i], table.tails()[i]));
        return columns;
    }

    /// The main columns that are read on the next row, then the running sum.
    List<Column> onNextRow() {
        var columns = new ArrayList<Column>();
        for (var column : chip.nextColumns()) columns.add(new Column(main.extensions()[column], main.tails()[column]));
        for (var i = Math.max(0, auxiliary.width() - degree); i < auxiliary.width(); i++)
            columns.add(new Column(auxiliary.extensions()[i], auxiliary.tails()[i]));
        return columns;
    }

    static int[][] extensions(List<Column> columns) {
        return columns.stream().map(Column::extension).toArray(int[][]::new);
    }
}
