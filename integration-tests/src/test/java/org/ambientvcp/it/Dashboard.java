package org.ambientvcp.it;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.VerdictOutcome;

/// The questions that the Grafana dashboard asks of Prometheus.
///
/// @param expressions PromQL
record Dashboard(List<String> expressions) {
    private static final Path FILE = Path.of("..", "docker", "grafana", "dashboards", "ambient-vcp.json");
    private static final Pattern BY_NAME = Pattern.compile("\\{__name__=~\"([^\"]+)\"}");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\bby \\([^)]*\\)");
    private static final Pattern METRIC = Pattern.compile("\\b[a-z][a-z0-9_]*\\b(?! *\\()");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^([a-zA-Z_][a-zA-Z0-9_]*)[{ ]");

    static Dashboard read() throws IOException {
        var expressions = new ArrayList<String>();
        for (var panel : new JsonMapper().readTree(FILE.toFile()).path("panels"))
            for (var target : panel.path("targets"))
                expressions.add(target.path("expr").asText());
        return new Dashboard(expressions);
    }

    /// Metrics it asks for and no service has.
    ///
    /// @param text of `/metrics`
    Set<String> unknownMetrics(String text) {
        var exposed = new HashSet<>(onceTheyHappen());
        for (var line = EXPOSED.matcher(text); line.find(); ) exposed.add(line.group(1));
        var unknown = new TreeSet<String>();
        for (var expression : expressions) {
            var pattern = BY_NAME.matcher(expression);
            if (pattern.find()) {
                Predicate<String> wanted = Pattern.compile(pattern.group(1)).asMatchPredicate();
                if (exposed.stream().noneMatch(wanted)) unknown.add(pattern.group(1));
            } else {
                for (var metric = METRIC.matcher(LABELS.matcher(expression).replaceAll("")); metric.find(); )
                    if (!exposed.contains(metric.group()) && !metric.group().matches("e[0-9]+"))
                        unknown.add(metric.group());
            }
        }
        return unknown;
    }

    /// Counters that are not there before the first such event.
    private static Set<String> onceTheyHappen() {
        var names = new HashSet<String>();
        for (var breaker : Breaker.values()) names.add("telemetry_breakers_" + word(breaker) + "_total");
        for (var outcome : VerdictOutcome.values()) names.add("verdict_" + word(outcome) + "_total");
        names.add("telemetry_refused_implausible_energy_total");
        return names.stream().collect(Collectors.toUnmodifiableSet());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
