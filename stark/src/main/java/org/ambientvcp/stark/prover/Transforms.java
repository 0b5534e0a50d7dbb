package org.ambientvcp.stark.prover;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.polynomial.LowDegreeExtension;

/// The transforms of each height with their tables, made once for all proofs. Safe for all threads.
final class Transforms {
    private final int logBlowup;
    private final Kernels kernels;
    private final Map<Integer, LowDegreeExtension> byLogRows = new ConcurrentHashMap<>();

    Transforms(int logBlowup, Kernels kernels) {
        this.logBlowup = logBlowup;
        this.kernels = kernels;
    }

    LowDegreeExtension of(int logRows) {
        return byLogRows.computeIfAbsent(logRows, log -> new LowDegreeExtension(new Domain(log, logBlowup), kernels));
    }

    int logBlowup() {
        return logBlowup;
    }
}
