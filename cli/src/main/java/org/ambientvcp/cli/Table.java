package org.ambientvcp.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns as wide as they need to be. Not thread-safe.
final class Table {
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    void row(Object... cells) {
        if (cells.length != head.size())
            throw new IllegalArgumentException("expected " + head.size() + " cells: " + cells.length);
        var row = new ArrayList<String>();
        for (var cell : cells) row.add(String.valueOf(cell));
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(PrintWriter out) {
        var widths = new int[head.size()];
        var all = new ArrayList<List<String>>();
        all.add(head);
        all.addAll(rows);
        for (var row : all)
            for (int column = 0; column < widths.length; column++)
                widths[column] = Math.max(widths[column], length(row.get(column)));
        for (var row : all) {
            var line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                var cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - length(cell) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
