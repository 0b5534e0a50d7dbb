package org.ambientvcp.stark.polynomial;

import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.kernel.Kernels;

/// The transform of 2^8 values or more, without a permutation: every step works on 16 values side by side.
///
/// Values are rows of 16. With i = 16·j + l and k = k1 + m·k2, m = n/16 rows, ω^(ik) is (ω^16)^(j·k1) · ω^(l·k1) ·
/// (ω^m)^(l·k2). So there are 16 transforms of m values in the lanes, a factor for each value, and, after 16 rows were
/// transposed, transforms of 16 values that are again in the lanes (Bailey, FFTs in external or hierarchical memory,
/// 1990). The transforms split in the order of Gentleman and Sande, whose results are in bit-reversed order, and merge
/// from there; so nothing is ever put in order: coefficients stay where they come out.
///
/// From 2^15 rows on, the transform of rows is in two parts in the same way, so that each works in the cache.
final class LaneTransform implements Transform {
    private static final int LANES = Kernels.LANES;
    private static final int BLOCK = LANES * LANES;
    static final int LEAST_LOG_ROWS = 8;

    /// The largest transform of rows that is not divided: 2^14 rows of 16 values are 1 MiB.
    private static final int MOST_LOG_UNDIVIDED = 14;
    /// How many rows are copied next to each other when it is.
    private static final int GROUP = 4;

    private final Kernels kernels;
    private final int n;
    private final int logLines;
    private final int[] roots;
    private final int[] inverseRoots;
    private final int[] laneRoots;
    private final int[] inverseLaneRoots;
    private final int[] factors;
    /// Times 1/n.
    private final int[] inverseFactors;

    LaneTransform(int logRows, Kernels kernels) {
        this.kernels = kernels;
        n = 1 << logRows;
        logLines = logRows - 4;
        var root = BabyBear.rootOfUnity(logRows);
        var inverse = BabyBear.inverse(root);
        roots = bitReversedPowers(BabyBear.rootOfUnity(logLines), logLines - 1);
        inverseRoots = bitReversedPowers(BabyBear.inverse(BabyBear.rootOfUnity(logLines)), logLines - 1);
        laneRoots = bitReversedPowers(BabyBear.rootOfUnity(4), 3);
        inverseLaneRoots = bitReversedPowers(BabyBear.inverse(BabyBear.rootOfUnity(4)), 3);
        factors = factors(root, BabyBear.ONE);
        inverseFactors = factors(inverse, BabyBear.inverse(BabyBear.of(n)));
    }

    private static int[] bitReversedPowers(int base, int log) {
        var powers = new int[1 << log];
        var power = BabyBear.ONE;
        for (var i = 0; i < powers.length; i++) {
            powers[reverse(i, log)] = power;
            power = BabyBear.mul(power, base);
        }
        return powers;
    }

    private static int reverse(int i, int log) {
        return log == 0 ? 0 : Integer.reverse(i) >>> (32 - log);
    }

    /// first · root^(l·k1) for lane l of the line where k1 is.
    private int[] factors(int root, int first) {
        var factors = new int[n];
        var power = BabyBear.ONE;
        for (var k1 = 0; k1 < 1 << logLines; k1++) {
            var line = reverse(k1, logLines) * LANES;
            var factor = first;
            for (var lane = 0; lane < LANES; lane++) {
                factors[line + lane] = factor;
                factor = BabyBear.mul(factor, power);
            }
            power = BabyBear.mul(power, root);
        }
        return factors;
    }

    @Override
    public int position(int k) {
        var line = reverse(k & ((1 << logLines) - 1), logLines);
        return line / LANES * BLOCK + reverse(k >>> logLines, 4) * LANES + line % LANES;
    }

    @Override
    public void inverse(int[] a, int at) {
        if (logLines <= MOST_LOG_UNDIVIDED) split(a, at, logLines, LANES, 0, inverseRoots);
        else splitDivided(a, at);
        kernels.mul(a, at, inverseFactors, 0, a, at, n);
        kernels.splitLanes(a, at, n / BLOCK, inverseLaneRoots);
    }

    @Override
    public void forward(int[] a, int at) {
        kernels.mergeLanes(a, at, n / BLOCK, laneRoots);
        kernels.mul(a, at, factors, 0, a, at, n);
        if (logLines <= MOST_LOG_UNDIVIDED) merge(a, at, logLines, LANES, 0, roots);
        else mergeDivided(a, at);
    }

    /// The layers of a transform of 2^`log` lines of `width` values, of which this is block number `first` of a larger
    /// one: the blocks of its layers have the numbers that follow from there.
    private void split(int[] a, int at, int log, int width, int first, int[] powers) {
        var layer = 0;
        for (; layer + 1 < log; layer += 2)
            kernels.split4(a, at, width << (log - layer - 2), 1 << layer, first << layer, powers);
        if (layer < log) kernels.split2(a, at, width, 1 << layer, first << layer, powers);
    }

    private void merge(int[] a, int at, int log, int width, int first, int[] powers) {
        var layer = log;
        if (log % 2 == 1) {
            layer--;
            kernels.merge2(a, at, width, 1 << layer, first << layer, powers);
        }
        for (layer -= 2; layer >= 0; layer -= 2)
            kernels.merge4(a, at, width << (log - layer - 2), 1 << layer, first << layer, powers);
    }

    private void splitDivided(int[] a, int at) {
        var logOuter = logLines / 2;
        var logInner = logLines - logOuter;
        var group = new int[(GROUP * LANES) << logOuter];
        for (var line = 0; line < 1 << logInner; line += GROUP) {
            gather(a, at + line * LANES, group, logOuter, logInner);
            split(group, 0, logOuter, GROUP * LANES, 0, inverseRoots);
            scatter(group, a, at + line * LANES, logOuter, logInner);
        }
        for (var part = 0; part < 1 << logOuter; part++)
            split(a, at + ((part * LANES) << logInner), logInner, LANES, part, inverseRoots);
    }

    private void mergeDivided(int[] a, int at) {
        var logOuter = logLines / 2;
        var logInner = logLines - logOuter;
        var group = new int[(GROUP * LANES) << logOuter];
        for (var part = 0; part < 1 << logOuter; part++)
            merge(a, at + ((part * LANES) << logInner), logInner, LANES, part, roots);
        for (var line = 0; line < 1 << logInner; line += GROUP) {
            gather(a, at + line * LANES, group, logOuter, logInner);
            merge(group, 0, logOuter, GROUP * LANES, 0, roots);
            scatter(group, a, at + line * LANES, logOuter, logInner);
        }
    }

    private static void gather(int[] a, int at, int[] group, int logOuter, int logInner) {
        for (var i = 0; i < 1 << logOuter; i++)
            System.arraycopy(a, at + ((i * LANES) << logInner), group, i * GROUP * LANES, GROUP * LANES);
    }

    private static void scatter(int[] group, int[] a, int at, int logOuter, int logInner) {
        for (var i = 0; i < 1 << logOuter; i++)
            System.arraycopy(group, i * GROUP * LANES, a, at + ((i * LANES) << logInner), GROUP * LANES);
    }
}
