package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;
import org.ambientvcp.stark.fri.FriProver;
import org.ambientvcp.stark.hash.Drbg;
import org.ambientvcp.stark.hash.Grinding;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.lookup.Fingerprint;
import org.ambientvcp.stark.merkle.MerkleTree;
import org.ambientvcp.stark.merkle.MultiOpening;
import org.ambientvcp.stark.proof.Openings;
import org.ambientvcp.stark.proof.Proof;
import org.ambientvcp.stark.proof.ProofShape;
import org.ambientvcp.stark.proof.Rounds;
import org.ambientvcp.stark.proof.Statement;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.security.Parameters;
import org.jspecify.annotations.Nullable;

/// Proves executions of one machine. Does not look whether an execution is one: of a wrong one it makes a proof that is
/// refused.
///
/// Immutable, but proves one at a time: the threads of its [Hardware] are shared.
public final class Prover {
    private final ProvingKey provingKey;
    private final VerificationKey key;
    private final Parameters parameters;
    private final ExtensionField field;
    private final Hardware hardware;
    private final Transforms transforms;
    private final ArrayPool pool = new ArrayPool();

    public Prover(ProvingKey provingKey, Hardware hardware) {
        this.provingKey = provingKey;
        this.hardware = hardware;
        key = provingKey.verificationKey();
        parameters = key.profile().parameters();
        field = ExtensionField.ofDegree(parameters.extensionDegree());
        transforms = new Transforms(parameters.logBlowup(), hardware.kernels());
    }

    /// Proves an execution.
    ///
    /// @param tables one for each chip: its main columns of canonical elements, of a power of two rows. They
    ///     are overwritten
    /// @param drbg seeded for this proof alone, from a secret that nobody can guess; see [Drbg]
    /// @throws IllegalArgumentException if tables or statement are not of the key
    public Proof prove(Statement statement, List<int[][]> tables, Drbg drbg, Progress progress) {
        return prove(statement, tables, drbg, progress, Strategy.HONEST);
    }

    /// As above, with a strategy that need not be honest.
    public Proof prove(Statement statement, List<int[][]> tables, Drbg drbg, Progress progress, Strategy strategy) {
        if (!statement.keyDigest().equals(key.digest())
                || statement.publicValues().size() != key.machine().publicValues())
            throw new IllegalArgumentException("statement is not one of the key");
        var logHeights = new ArrayList<Integer>();
        for (var i = 0; i < tables.size(); i++) logHeights.add(logHeight(i, tables.get(i)));
        var shape = key.shape(logHeights);
        try {
            return new Run(statement, shape, logHeights, tables, new Randomness(drbg), strategy).prove(progress);
        } finally {
            pool.giveBackAll();
        }
    }

    private int logHeight(int chip, int[][] table) {
        var width = chip < key.machine().chips().size()
                ? key.machine().chips().get(chip).width()
                : 0;
        var rows = table.length == 0 ? 0 : table[0].length;
        if (table.length != width || Integer.bitCount(rows) != 1)
            throw new IllegalArgumentException(
                    "table " + chip + " is not " + width + " columns of a power of two rows");
        for (var column : table)
            if (column.length != rows) throw new IllegalArgumentException("columns of table " + chip + " differ");
        return Integer.numberOfTrailingZeros(rows);
    }

    /// One proof in the making.
    private final class Run {
        private final ProofShape shape;
        private final List<Integer> logHeights;
        private final List<int[][]> traces;
        private final Randomness randomness;
        private final Strategy strategy;
        private final Committer committer = new Committer(transforms, hardware, pool);
        private final Rounds rounds;
        private final int[] publicValues;
        /// Coordinates of the mask of each chip with interactions, one after the other.
        private final int[] busMasks;

        private final List<CommittedTable> main = new ArrayList<>();
        private final List<CommittedTable> auxiliary = new ArrayList<>();
        private final List<CommittedTable> quotients = new ArrayList<>();
        private final List<InteractionTerms> terms = new ArrayList<>();
        private final List<Element> busSums = new ArrayList<>();

        Run(
                Statement statement,
                ProofShape shape,
                List<Integer> logHeights,
                List<int[][]> traces,
                Randomness randomness,
                Strategy strategy) {
            this.shape = shape;
            this.logHeights = logHeights;
            this.traces = traces;
            this.randomness = randomness;
            this.strategy = strategy;
            rounds = Rounds.start(statement, shape);
            publicValues = Arrays.stream(statement.publicValues().toArray())
                    .map(BabyBear::fromCanonical)
                    .toArray();
            var masked = (int) key.machine().chips().stream()
                    .filter(chip -> !chip.interactions().isEmpty())
                    .count();
            busMasks = randomness.busMasks(masked, field, hardware.kernels());
        }

        Proof prove(Progress progress) {
            progress.begins(Phase.MAIN);
            var mainTree = commitMain();
            var fingerprint = new Fingerprint(rounds.main(mainTree.root()));

            progress.begins(Phase.AUXILIARY);
            var auxiliaryTree = commitAuxiliary(fingerprint);
            var auxiliaryRoot = auxiliaryTree == null ? null : auxiliaryTree.root();
            var alpha = rounds.auxiliary(auxiliaryRoot, busSums);

            progress.begins(Phase.QUOTIENT);
            commitQuotients(alpha);
            var mask = mask();
            var quotientTables = new ArrayList<>(quotients);
            quotientTables.add(mask);
            var quotientTree = committer.commit(quotientTables, randomness.quotientSalts());
            var z = rounds.quotient(quotientTree.root());

            progress.begins(Phase.OPENINGS);
            var tables = tables();
            var openings = open(tables, z);
            var batching = rounds.openings(openings.values());

            progress.begins(Phase.BATCHING);
            var codewords = new Batching(
                            parameters.logBlowup(),
                            z,
                            batching,
                            openings.values().size(),
                            hardware,
                            pool)
                    .codewords(tables, openings, mask);

            progress.begins(Phase.FOLDING);
            var fri = new FriProver(shape, field, hardware.kernels(), hardware.workers());
            fri.fold(codewords, rounds);

            progress.begins(Phase.QUERIES);
            var nonce = Grinding.nonce(
                    rounds.transcript(), parameters.grindingBits(), hardware.kernels(), hardware.workers());
            if (!rounds.grinding(nonce)) throw new IllegalStateException("ground nonce is none: " + nonce);
            var positions = rounds.queries();
            var trees = new ArrayList<MultiOpening>();
            if (provingKey.tree() != null) trees.add(open(provingKey.tree(), positions));
            trees.add(open(mainTree, positions));
            if (auxiliaryTree != null) trees.add(open(auxiliaryTree, positions));
            trees.add(open(quotientTree, positions));
            return new Proof(
                    key.profile().id(),
                    key.digest(),
                    logHeights,
                    mainTree.root(),
                    auxiliaryRoot,
                    quotientTree.root(),
                    Openings.words(busSums),
                    Openings.words(openings.values()),
                    fri.layerRoots(),
                    Openings.words(fri.finalPolynomial()),
                    nonce,
                    trees,
                    fri.open(positions));
        }

        private MerkleTree commitMain() {
            var masked = 0;
            var firstColumn = 0;
            for (var i = 0; i < traces.size(); i++) {
                var chip = key.machine().chips().get(i);
                var trace = traces.get(i);
                hardware.workers().forEach(trace.length, column -> toMontgomery(trace[column]));
                if (!chip.interactions().isEmpty()) {
                    for (var k = 0; k < field.degree(); k++) {
                        var column = trace[chip.mask().get(k)];
                        var mask = masked * field.degree() + k;
                        if (strategy.keepsMasks()) busMasks[mask] = column[column.length - 1];
                        else column[column.length - 1] = busMasks[mask];
                    }
                    masked++;
                }
                main.add(committer.extend(
                        trace, logHeights.get(i), parameters.randomisers(), firstColumn, randomness.mainColumns()));
                firstColumn += trace.length;
            }
            return committer.commit(main, randomness.mainSalts());
        }

        /// The product of two elements in Montgomery form has the factor once that the canonical form lacks, and this
        /// constant has it twice.
        private void toMontgomery(int[] column) {
            var factor = BabyBear.fromCanonical(BabyBear.ONE);
            hardware.kernels().mulConstant(column, 0, factor, column, 0, column.length);
        }

        private @Nullable MerkleTree commitAuxiliary(Fingerprint fingerprint) {
            var firstColumn = 0;
            for (var i = 0; i < traces.size(); i++) {
                var chip = key.machine().chips().get(i);
                var logRows = logHeights.get(i);
                terms.add(new InteractionTerms(key.machine(), chip, fingerprint));
                if (chip.interactions().isEmpty()) {
                    auxiliary.add(CommittedTable.empty(logRows));
                    continue;
                }
                var built = new LookupColumns(field, chip, terms.get(i), publicValues)
                        .build(traces.get(i), provingKey.preprocessedRows(i), logRows, hardware, pool);
                strategy.auxiliary(i, built.columns());
                var mask = field.element(busMasks, busSums.size() * field.degree());
                busSums.add(strategy.busSum(i, built.sum().plus(mask)));
                auxiliary.add(committer.extend(
                        built.columns(),
                        logRows,
                        parameters.randomisers(),
                        firstColumn,
                        randomness.auxiliaryColumns()));
                pool.giveBack(built.columns());
                firstColumn += built.columns().length;
            }
            return busSums.isEmpty() ? null : committer.commit(auxiliary, randomness.auxiliarySalts());
        }

        private void commitQuotients(Element alpha) {
            var sums = busSums.iterator();
            for (var i = 0; i < traces.size(); i++) {
                var chip = key.machine().chips().get(i);
                var busSum = chip.interactions().isEmpty() ? field.zero() : sums.next();
                var constraints = new ConstraintBlock(chip, terms.get(i), publicValues, alpha, busSum);
                var polynomial = new QuotientPolynomial(
                        chip, constraints, field, parameters.randomisers(), committer, hardware, pool);
                var coefficients =
                        polynomial.coefficients(provingKey.preprocessed().get(i), main.get(i), auxiliary.get(i));
                var firstMask = i * Parameters.QUOTIENT_CHUNKS * field.degree();
                quotients.add(polynomial.chunks(
                        coefficients,
                        shape.quotientChunks(i),
                        logHeights.get(i),
                        firstMask,
                        randomness.quotientChunks()));
            }
        }

        /// A random polynomial with as many coefficients as any that is batched with it.
        private CommittedTable mask() {
            var logRows = shape.maxLogHeight();
            var rows = 1 << logRows;
            var tailLength = rows / Parameters.FINAL_ROWS;
            var extensions = new int[field.degree()][];
            var tails = new int[field.degree()][];
            var extension = committer.extension(logRows);
            hardware.workers().forEach(extensions.length, () -> new LaneHash(hardware.kernels()), (hash, k) -> {
                var low = pool.take(rows);
                tails[k] = new int[tailLength];
                Randomness.elements(randomness.friMask(), 2 * k, low, 0, rows, hash);
                Randomness.elements(randomness.friMask(), 2 * k + 1, tails[k], 0, tailLength, hash);
                extensions[k] = pool.take(extension.domain().size());
                extension.evaluate(low, 0, tails[k], extensions[k], 0);
                pool.giveBack(low);
            });
            return new CommittedTable(logRows, extensions, tails);
        }

        private List<TableColumns> tables() {
            return IntStream.range(0, traces.size())
                    .mapToObj(i -> new TableColumns(
                            key.machine().chips().get(i),
                            provingKey.preprocessed().get(i),
                            main.get(i),
                            auxiliary.get(i),
                            quotients.get(i),
                            field.degree()))
                    .toList();
        }

        private Openings open(List<TableColumns> tables, Element z) {
            var opener = new PointOpener(parameters.logBlowup(), z, hardware);
            var values = new ArrayList<Element>();
            for (var table : tables) values.addAll(opener.open(table));
            return Openings.of(strategy.openings(List.copyOf(values)), shape);
        }

        /// @param positions in the domain of the highest table
        private MultiOpening open(MerkleTree tree, int[] positions) {
            var logRows = tree.shape().logRows();
            return tree.open(Arrays.stream(positions)
                    .map(position -> (position >>> shape.maxLogHeight() << logRows) + (position & ((1 << logRows) - 1)))
                    .toArray());
        }
    }
}
