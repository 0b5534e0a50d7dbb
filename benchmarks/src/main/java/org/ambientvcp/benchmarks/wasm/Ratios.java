package org.ambientvcp.benchmarks.wasm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The table of what was measured: milliseconds of the first contender, and of the others how many times as long.
final class Ratios {
    private final List<Contender> contenders;
    private final Map<Kernel, List<Samples>> samples = new EnumMap<>(Kernel.class);

    /// @param contenders the columns; the others are compared with the first
    Ratios(List<Contender> contenders) {
        this.contenders = List.copyOf(contenders);
    }

    /// @param row one for each contender
    void add(Kernel kernel, List<Samples> row) {
        if (row.size() != contenders.size()) throw new IllegalArgumentException("the row has " + row.size());
        samples.put(kernel, List.copyOf(row));
    }

    /// Time of a contender for each time of the first, the geometric mean over kernels; null if there are none.
    @Nullable
    Double geometricMean(int contender, Predicate<Kernel> kernels) {
        var chosen = samples.keySet().stream().filter(kernels).toList();
        if (chosen.isEmpty()) return null;
        var logarithms = chosen.stream()
                .mapToDouble(kernel -> Math.log(ratio(samples.get(kernel), contender)))
                .sum();
        return Math.exp(logarithms / chosen.size());
    }

    private static double ratio(@Nullable List<Samples> row, int contender) {
        if (row == null) throw new IllegalArgumentException("the kernel was not measured");
        return row.get(contender).medianMillis() / row.getFirst().medianMillis();
    }

    /// The head of a Markdown table.
    String head() {
        var head = new StringBuilder("| kernel |");
        for (var contender : contenders)
            head.append(' ').append(contender.title()).append(" |");
        return head + "\n|---|" + "---|".repeat(contenders.size());
    }

    /// One row of a Markdown table.
    String row(Kernel kernel) {
        var row = samples.get(kernel);
        if (row == null) throw new IllegalArgumentException("the kernel was not measured: " + kernel);
        var cells = new ArrayList<String>();
        cells.add(kernel.title());
        cells.add("%.1f ms".formatted(row.getFirst().medianMillis()));
        for (var contender = 1; contender < contenders.size(); contender++)
            cells.add("%.2f".formatted(ratio(row, contender)));
        return line(cells);
    }

    /// Rows of geometric means.
    String means() {
        return mean("all", _ -> true)
                + mean("scalar", kernel -> kernel.kind() == Kernel.Kind.SCALAR)
                + mean("vector", kernel -> kernel.kind() == Kernel.Kind.VECTOR);
    }

    private String mean(String title, Predicate<Kernel> kernels) {
        var cells = new ArrayList<String>();
        cells.add("**" + title + "**");
        cells.add("1");
        for (var contender = 1; contender < contenders.size(); contender++) {
            var mean = geometricMean(contender, kernels);
            if (mean == null) return "";
            cells.add("**%.2f**".formatted(mean));
        }
        return line(cells) + "\n";
    }

    /// Million instructions a second, for contenders that count them; from the fastest kernel to the slowest.
    List<String> speeds() {
        var lines = new ArrayList<String>();
        for (var contender = 0; contender < contenders.size(); contender++) {
            var column = contender;
            var speeds = samples.values().stream()
                    .map(row -> row.get(column))
                    .filter(cell -> cell.instructions() > 0)
                    .mapToDouble(Samples::speed)
                    .sorted()
                    .toArray();
            if (speeds.length == 0) continue;
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,.0f to %,.0f million instructions/s, median %,.0f",
                    contenders.get(contender).title(),
                    speeds[0],
                    speeds[speeds.length - 1],
                    speeds[speeds.length / 2]));
        }
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
