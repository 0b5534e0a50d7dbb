package org.ambientvcp.stark.prover;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.polynomial.Barycentric;
import org.ambientvcp.stark.polynomial.Domain;

/// Evaluates committed columns at z, and some at the next row z·ω, from their values on the first coset.
final class PointOpener {
    private final int logBlowup;
    private final Element z;
    private final Hardware hardware;
    private final Map<Integer, Barycentric> atPoint = new HashMap<>();
    private final Map<Integer, Barycentric> atNext = new HashMap<>();

    PointOpener(int logBlowup, Element z, Hardware hardware) {
        this.logBlowup = logBlowup;
        this.z = z;
        this.hardware = hardware;
    }

    /// The values of one table, in the order of [org.ambientvcp.stark.proof.Openings].
    List<Element> open(TableColumns table) {
        var logRows = table.logRows();
        var here = atPoint.computeIfAbsent(logRows, log -> weights(log, z));
        var next = atNext.computeIfAbsent(logRows, log -> weights(log, z.times(BabyBear.rootOfUnity(log))));
        var columns = table.all();
        var nextColumns = table.onNextRow();
        var values = new Element[columns.size() + nextColumns.size()];
        hardware.workers().forEach(values.length, i -> {
            var isNext = i >= columns.size();
            var column = isNext ? nextColumns.get(i - columns.size()) : columns.get(i);
            values[i] = (isNext ? next : here).evaluate(column.extension(), 0, column.tail());
        });
        return List.of(values);
    }

    private Barycentric weights(int logRows, Element point) {
        return Barycentric.of(new Domain(logRows, logBlowup), 0, point, hardware.kernels());
    }
}
