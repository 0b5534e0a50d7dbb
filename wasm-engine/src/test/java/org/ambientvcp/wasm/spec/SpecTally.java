package org.ambientvcp.wasm.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What became of the commands of the suite.
final class SpecTally {
    private final Map<String, Integer> passed = new TreeMap<>();
    private final Map<String, Integer> notApplicable = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    /// Reason by file and line.
    private final Map<String, String> exceptions;

    private final Set<String> met = new HashSet<>();

    /// @param exceptions why a command fails, by file and line such as `binaryen/type:53`
    SpecTally(Map<String, String> exceptions) {
        this.exceptions = Map.copyOf(exceptions);
    }

    void passed(String kind) {
        passed.merge(kind, 1, Integer::sum);
    }

    /// @param reason why this engine is not what the test is about
    void notApplicable(String kind, String reason) {
        notApplicable.merge(kind + ": " + reason, 1, Integer::sum);
    }

    void failed(String file, SpecCommand command, String how) {
        var place = file + ":" + command.line();
        var exception = exceptions.get(place);
        if (exception == null) failures.add("%s %s: %s".formatted(place, command.kind(), how));
        else if (met.add(place)) notApplicable(command.kind(), exception);
    }

    /// One line for each number.
    String report() {
        var report = new StringBuilder();
        passed.forEach((kind, count) -> report.append("passed %s %d\n".formatted(kind, count)));
        notApplicable.forEach((kind, count) -> report.append("not applicable %s %d\n".formatted(kind, count)));
        exceptions.keySet().stream()
                .filter(place -> !met.contains(place))
                .sorted()
                .forEach(place -> report.append("no longer an exception: %s\n".formatted(place)));
        failures.stream().sorted().forEach(failure -> report.append("failed %s\n".formatted(failure)));
        return report.toString();
    }
}
