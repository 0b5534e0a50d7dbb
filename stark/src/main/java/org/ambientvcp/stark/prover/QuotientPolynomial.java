package org.ambientvcp.stark.prover;

import java.util.Arrays;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.kernel.Kernels;
import org.ambientvcp.stark.polynomial.Domain;
import org.ambientvcp.stark.polynomial.LowDegreeExtension;

/// The quotient of one chip's combined constraints by X^n - 1, in masked chunks.
///
/// The quotient q has fewer than 2n + 3h coefficients, with h randomisers. Two cosets give q mod X^2n - c², as two
/// polynomials mod X^n ∓ c; the coefficients from X^2n upwards follow from few points of a third coset, where q and
/// what
/// is known of it differ by them times X^2n - c². So no coset is evaluated whole that the degree does not need.
final class QuotientPolynomial {
    /// Cosets whose constraints are evaluated whole, and the one of which a few points are.
    static final int WHOLE_COSETS = 2;

    private final ChipDef chip;
    private final ConstraintBlock constraints;
    private final ExtensionField field;
    private final int randomisers;
    private final Committer committer;
    private final Hardware hardware;
    private final Kernels kernels;
    private final ArrayPool pool;

    QuotientPolynomial(
            ChipDef chip,
            ConstraintBlock constraints,
            ExtensionField field,
            int randomisers,
            Committer committer,
            Hardware hardware,
            ArrayPool pool) {
        this.chip = chip;
        this.constraints = constraints;
        this.field = field;
        this.randomisers = randomisers;
        this.committer = committer;
        this.hardware = hardware;
        this.pool = pool;
        kernels = hardware.kernels();
    }

    /// Coefficients of the quotient, by coordinate: of X^0, X^n and X^2n upwards. The first two are placed as
    /// [LowDegreeExtension#position] says, the last in order.
    @SuppressWarnings("ArrayRecordComponent") // the arrays are the data
    record Coefficients(int[][] low, int[][] middle, int[][] high) {}

    Coefficients coefficients(CommittedTable preprocessed, CommittedTable main, CommittedTable auxiliary) {
        var extension = committer.extension(main.logRows());
        var domain = extension.domain();
        var rows = domain.rows();
        var values = new int[WHOLE_COSETS][][];
        for (var coset = 0; coset < WHOLE_COSETS; coset++) {
            values[coset] = onCoset(coset, domain, preprocessed, main, auxiliary);
            for (var coordinate : values[coset])
                extension.interpolate(coordinate, 0, coordinate, 0, domain.shift(coset));
        }
        var low = pool.take(field.degree(), rows);
        var middle = pool.take(field.degree(), rows);
        var half = BabyBear.HALF;
        var halfOverC = BabyBear.mul(half, BabyBear.inverse(domain.toTheRows(0)));
        for (var k = 0; k < field.degree(); k++) {
            kernels.add(values[0][k], 0, values[1][k], 0, low[k], 0, rows);
            kernels.mulConstant(low[k], 0, half, low[k], 0, rows);
            kernels.sub(values[0][k], 0, values[1][k], 0, middle[k], 0, rows);
            kernels.mulConstant(middle[k], 0, halfOverC, middle[k], 0, rows);
        }
        pool.giveBack(values[0]);
        pool.giveBack(values[1]);
        var high = high(extension, low, middle, preprocessed, main, auxiliary);
        var cSquared = BabyBear.pow(domain.toTheRows(0), 2);
        for (var k = 0; k < field.degree(); k++) {
            for (var i = 0; i < high[k].length; i++) {
                var at = extension.position(i);
                low[k][at] = BabyBear.sub(low[k][at], BabyBear.mul(cSquared, high[k][i]));
            }
        }
        return new Coefficients(low, middle, high);
    }

    /// Constraints over X^n - 1 on all of a coset.
    private int[][] onCoset(
            int coset, Domain domain, CommittedTable preprocessed, CommittedTable main, CommittedTable auxiliary) {
        var rows = domain.rows();
        var out = pool.take(field.degree(), rows);
        var selectors = RowSelectors.onCoset(domain.logRows(), domain.shift(coset), hardware.workers());
        var divisor = BabyBear.inverse(BabyBear.sub(domain.toTheRows(coset), BabyBear.ONE));
        hardware.workers().forEach(rows / TapeRunner.BLOCK, () -> new Work(rows), (work, block) -> {
            var from = block * TapeRunner.BLOCK;
            var base = coset * rows;
            var rowBlock = work.rows.block(main.extensions(), preprocessed.extensions(), base, from, selectors);
            var next = work.nextSum(auxiliary.extensions(), base, from, rows);
            var total = work.evaluator.evaluate(
                    rowBlock, auxiliary.extensions(), next.columns, next.at, selectors.transition(), from);
            for (var k = 0; k < field.degree(); k++)
                kernels.mulConstant(total[k], 0, divisor, out[k], from, rowBlock.count());
        });
        return out;
    }

    /// The coefficients from X^2n upwards.
    private int[][] high(
            LowDegreeExtension extension,
            int[][] low,
            int[][] middle,
            CommittedTable preprocessed,
            CommittedTable main,
            CommittedTable auxiliary) {
        var logRows = extension.domain().logRows();
        var count = Math.max(TapeRunner.BLOCK, Integer.highestOneBit(3 * randomisers - 1) << 1);
        var sparse = new SparseCoset(committer, logRows, count);
        var toTheRows = BabyBear.pow(sparse.shift(), 1L << logRows);
        var quotient = onPoints(sparse, preprocessed, main, auxiliary);
        var divisor = BabyBear.inverse(BabyBear.sub(
                BabyBear.pow(toTheRows, 2), BabyBear.pow(extension.domain().toTheRows(0), 2)));
        var small = new LowDegreeExtension(new Domain(Integer.numberOfTrailingZeros(count), 0), kernels);
        var high = new int[field.degree()][];
        var known = new int[1 << logRows];
        for (var k = 0; k < field.degree(); k++) {
            kernels.mulConstant(middle[k], 0, toTheRows, known, 0, known.length);
            kernels.add(known, 0, low[k], 0, known, 0, known.length);
            var coefficients = sparse.evaluate(known);
            kernels.sub(quotient[k], 0, coefficients, 0, coefficients, 0, count);
            kernels.mulConstant(coefficients, 0, divisor, coefficients, 0, count);
            small.interpolate(coefficients, 0, coefficients, 0, sparse.shift());
            high[k] = new int[3 * randomisers];
            for (var i = 0; i < high[k].length; i++) high[k][i] = coefficients[small.position(i)];
        }
        return high;
    }

    /// Constraints over X^n - 1 on the points of the third coset.
    private int[][] onPoints(
            SparseCoset sparse, CommittedTable preprocessed, CommittedTable main, CommittedTable auxiliary) {
        var mainRows = sparse.rows(main);
        var preprocessedRows = sparse.rows(preprocessed);
        var auxiliaryRows = sparse.rows(auxiliary);
        var selectors = RowSelectors.on(sparse.points(), main.logRows());
        var toTheRows = BabyBear.pow(sparse.shift(), 1L << main.logRows());
        var divisor = BabyBear.inverse(BabyBear.sub(toTheRows, BabyBear.ONE));
        var out = new int[field.degree()][sparse.points().length];
        var evaluator = constraints.new Evaluator(kernels);
        var sum = Math.max(0, auxiliary.width() - field.degree());
        var nextSum = Arrays.copyOfRange(auxiliaryRows.next(), sum, auxiliary.width());
        for (var from = 0; from < out[0].length; from += TapeRunner.BLOCK) {
            var block = new RowBlock(
                    mainRows.here(),
                    from,
                    mainRows.next(),
                    from,
                    preprocessedRows.here(),
                    selectors.firstRow(),
                    from,
                    selectors.lastRow(),
                    from,
                    TapeRunner.BLOCK);
            var total = evaluator.evaluate(block, auxiliaryRows.here(), nextSum, from, selectors.transition(), from);
            for (var k = 0; k < out.length; k++)
                kernels.mulConstant(total[k], 0, divisor, out[k], from, TapeRunner.BLOCK);
        }
        return out;
    }

    /// Cuts into chunks q = Σ X^(in)·q_i and masks them: q_i + X^n·b_i, q_(i+1) - b_i.
    ///
    /// @param firstMask the number of the first b among those that the stream is for
    CommittedTable chunks(Coefficients quotient, int chunks, int logRows, int firstMask, KeyedStream stream) {
        var extension = committer.extension(logRows);
        var degree = field.degree();
        var extended = new int[chunks * degree][];
        var tails = new int[chunks * degree][];
        hardware.workers().forEach(degree, () -> new LaneHash(hardware.kernels()), (hash, k) -> {
            var parts = new int[chunks][];
            parts[0] = quotient.low[k];
            parts[1] = quotient.middle[k];
            if (chunks == 3) parts[2] = lowCoefficients(quotient.high[k], extension);
            for (var chunk = 0; chunk < chunks; chunk++) {
                var isLast = chunk == chunks - 1;
                var tail = new int[isLast ? 0 : randomisers];
                if (isLast && chunks == 2) tail = quotient.high[k];
                if (!isLast) {
                    var number = firstMask + chunk * degree + k;
                    Randomness.elements(stream, number, tail, 0, randomisers, hash);
                    for (var i = 0; i < randomisers; i++) {
                        var at = extension.position(i);
                        parts[chunk + 1][at] = BabyBear.sub(parts[chunk + 1][at], tail[i]);
                    }
                }
                var column = chunk * degree + k;
                extended[column] = pool.take(extension.domain().size());
                tails[column] = tail;
                extension.evaluate(parts[chunk], 0, tail, extended[column], 0);
            }
        });
        return new CommittedTable(logRows, extended, tails);
    }

    private static int[] lowCoefficients(int[] coefficients, LowDegreeExtension extension) {
        var placed = new int[extension.domain().rows()];
        for (var i = 0; i < coefficients.length; i++) placed[extension.position(i)] = coefficients[i];
        return placed;
    }

    /// What one thread needs.
    private final class Work {
        private final TableRows rows;
        private final ConstraintBlock.Evaluator evaluator = constraints.new Evaluator(kernels);
        private final int[][] wrapped = new int[field.degree()][TapeRunner.BLOCK];

        Work(int height) {
            rows = new TableRows(height, chip.width(), chip.nextColumns());
        }

        /// The running sum on the rows after those of a block.
        NextSum nextSum(int[][] auxiliary, int base, int from, int height) {
            if (auxiliary.length == 0) return new NextSum(auxiliary, 0);
            var degree = field.degree();
            var sum = Arrays.copyOfRange(auxiliary, auxiliary.length - degree, auxiliary.length);
            if (from + TapeRunner.BLOCK < height) return new NextSum(sum, base + from + 1);
            for (var k = 0; k < degree; k++) {
                System.arraycopy(sum[k], base + from + 1, wrapped[k], 0, TapeRunner.BLOCK - 1);
                wrapped[k][TapeRunner.BLOCK - 1] = sum[k][base];
            }
            return new NextSum(wrapped, 0);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // says where rows are
    private record NextSum(int[][] columns, int at) {}
}
