package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/// What should be in a topic and what is, by key, in their order.
final class Expected {
    private record Due(Object value, boolean late) {}

    private final String what;
    private final TreeMap<String, List<Due>> due = new TreeMap<>();
    private final TreeMap<String, List<Object>> found = new TreeMap<>();

    Expected(String what) {
        this.what = what;
    }

    /// @param late so near the end that it may not have been written
    void due(String key, Object value, boolean late) {
        due.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Due(value, late));
    }

    void found(String key, Object value) {
        found.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    /// The same records in the same order.
    void sameOrder(Findings findings) {
        for (var key : found.keySet())
            if (!due.containsKey(key)) differs(findings, key, "nothing should be there, there is " + found.get(key));
        due.forEach((key, wanted) -> {
            var there = found.getOrDefault(key, List.of());
            for (int i = 0; i < Math.max(wanted.size(), there.size()); i++) {
                if (i >= wanted.size()) differs(findings, key, "record " + i + " should not be there: " + there.get(i));
                else if (i < there.size() && !wanted.get(i).value().equals(there.get(i)))
                    differs(
                            findings,
                            key,
                            "record " + i + " should be " + wanted.get(i).value() + ", is " + there.get(i));
                else if (i >= there.size() && !wanted.get(i).late())
                    differs(
                            findings,
                            key,
                            "record " + i + " is missing: " + wanted.get(i).value());
                else continue;
                return;
            }
        });
    }

    /// The same records in any order.
    void sameSet(Findings findings) {
        for (var key : found.keySet())
            if (!due.containsKey(key)) differs(findings, key, "nothing should be there, there is " + found.get(key));
        due.forEach((key, wanted) -> {
            var counts = new HashMap<Object, Integer>();
            for (var value : found.getOrDefault(key, List.of())) counts.merge(value, 1, Integer::sum);
            for (var each : wanted) {
                var left = counts.merge(each.value(), -1, Integer::sum);
                if (left < 0) counts.remove(each.value());
                if (left < 0 && !each.late()) differs(findings, key, "is missing: " + each.value());
            }
            counts.values().removeIf(left -> left == 0);
            if (!counts.isEmpty())
                differs(
                        findings,
                        key,
                        "should not be there: " + counts.keySet().iterator().next());
        });
    }

    private void differs(Findings findings, String key, String how) {
        findings.add(Law.EFFECTS_FOLLOW_FROM_LOG, what + " of " + key, how);
    }
}
