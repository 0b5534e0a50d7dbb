package org.ambientvcp.simulation.checks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Supplier;

/// Collects violations, the first ones of each law. One thread.
public final class Findings {
    private static final int MOST_PER_LAW = 5;

    private final List<Violation> violations = new ArrayList<>();
    private final EnumMap<Law, Integer> counts = new EnumMap<>(Law.class);

    /// Notes a violation unless a condition holds.
    public void require(boolean holds, Law law, String where, Supplier<String> what) {
        if (!holds) add(law, where, what.get());
    }

    public void add(Law law, String where, String what) {
        if (counts.merge(law, 1, Integer::sum) <= MOST_PER_LAW) violations.add(new Violation(law, where, what));
    }

    public List<Violation> all() {
        return List.copyOf(violations);
    }
}
