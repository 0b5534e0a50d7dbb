package org.ambientvcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.ambientvcp.audit.whatif.Outcome;
import org.ambientvcp.audit.whatif.WhatIf;
import org.ambientvcp.events.Strategy;

/// A log under another strategy, as a table and as JSON.
final class WhatIfView {
    private static final String PREFIX = "strategy=";

    private record Row(String name, String title, ToLongFunction<Outcome> value, LongFunction<String> text) {}

    private static final List<Row> ROWS = List.of(
            new Row("offered", "tasks offered", Outcome::offered, Units::count),
            new Row("accepted", "  accepted", Outcome::accepted, Units::count),
            new Row("ended", "  failed, cancelled", Outcome::ended, Units::count),
            new Row("open", "  open at the end", Outcome::open, Units::count),
            new Row("leases", "leases", Outcome::leases, Units::count),
            new Row("waitMedianMillis", "wait for a node, median", Outcome::waitMedianMillis, WhatIfView::millis),
            new Row("waitP99Millis", "  99th percentile", Outcome::waitP99Millis, WhatIfView::millis),
            new Row("lifeMedianMillis", "offer to accepted, median", Outcome::lifeMedianMillis, WhatIfView::millis),
            new Row("lifeP99Millis", "  99th percentile", Outcome::lifeP99Millis, WhatIfView::millis),
            new Row("nodesUsed", "nodes with work", Outcome::nodesUsed, Units::count),
            new Row("meanBusyPpm", "busy slots, mean node", Outcome::meanBusyPpm, WhatIfView::percent),
            new Row("mostBusyPpm", "  busiest node", Outcome::mostBusyPpm, WhatIfView::percent),
            new Row("imbalancePermille", "  busiest to mean", Outcome::imbalancePermille, WhatIfView::times),
            new Row("paidMicros", "paid to nodes", Outcome::paidMicros, Units::money),
            new Row("slashedMicros", "taken from stakes", Outcome::slashedMicros, Units::money),
            new Row("unpaidRuns", "runs that were not paid", Outcome::unpaidRuns, Units::count),
            new Row("microjoules", "energy of the runs", Outcome::microjoules, WhatIfView::joules),
            new Row("microjoulesPerTask", "  an accepted task", Outcome::microjoulesPerTask, WhatIfView::joules),
            new Row("microgramsCo2e", "CO2e of the runs", Outcome::microgramsCo2e, WhatIfView::grams));

    private WhatIfView() {}

    /// Reads `strategy=least-loaded`.
    static Strategy strategy(String text) {
        for (var strategy : Strategy.values()) if (text.equals(PREFIX + name(strategy))) return strategy;
        var known = Arrays.stream(Strategy.values()).map(WhatIfView::name).collect(Collectors.joining(", "));
        throw new CommandFailure(
                ExitCode.USAGE, "--what-if is not " + PREFIX + "NAME with one of " + known + ": " + text);
    }

    private static String name(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void print(WhatIf.Comparison comparison, PrintWriter out) {
        var table = new Table("", "LOG", "MODEL", name(comparison.strategy()).toUpperCase(Locale.ROOT), "DIFFERENCE");
        for (var row : ROWS) {
            var model = row.value().applyAsLong(comparison.model());
            var other = row.value().applyAsLong(comparison.other());
            table.row(
                    row.title(),
                    row.text().apply(row.value().applyAsLong(comparison.log())),
                    row.text().apply(model),
                    row.text().apply(other),
                    difference(model, other, row));
        }
        table.print(out);
        out.println("LOG is what happened. MODEL makes the same decisions again over runs as they were seen, "
                + name(comparison.strategy()) + " makes the others; the difference is between these two.");
        out.flush();
    }

    private static String difference(long model, long other, Row row) {
        if (model == other) return "0";
        var amount = (other > model ? "+" : "-") + row.text().apply(Math.abs(other - model));
        return model == 0
                ? amount
                : amount + String.format(Locale.ROOT, " (%+.1f %%)", 100.0 * (other - model) / model);
    }

    static JsonNode json(WhatIf.Comparison comparison) {
        var json = GatewayClient.JSON
                .createObjectNode()
                .put("strategy", comparison.strategy().name());
        var log = json.putObject("log");
        var model = json.putObject("model");
        var other = json.putObject("other");
        for (var row : ROWS) {
            log.put(row.name(), row.value().applyAsLong(comparison.log()));
            model.put(row.name(), row.value().applyAsLong(comparison.model()));
            other.put(row.name(), row.value().applyAsLong(comparison.other()));
        }
        return json;
    }

    private static String millis(long millis) {
        return Units.count(millis) + " ms";
    }

    private static String percent(long ppm) {
        return String.format(Locale.ROOT, "%.2f %%", ppm / 1e4);
    }

    private static String times(long permille) {
        return String.format(Locale.ROOT, "%.2f", permille / 1e3);
    }

    private static String joules(long microjoules) {
        return Units.energy(microjoules);
    }

    private static String grams(long micrograms) {
        return String.format(Locale.ROOT, "%.3f g", micrograms / 1e6);
    }
}
