package org.ambientvcp.stark.merkle;

import static org.ambientvcp.stark.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.kernel.PlainKernels;
import org.ambientvcp.stark.kernel.Workers;
import org.ambientvcp.stark.merkle.OpeningCheck.Reason;
import org.ambientvcp.stark.merkle.OpeningCheck.Refused;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final KeyedStream SALTS = new KeyedStream(Digest.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 0));

    @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
    private record Case(MerkleTree tree, List<Matrix> matrices, int logBlowup, int[] positions) {
        TreeShape shape() {
            return tree.shape();
        }

        MultiOpening opening() {
            return tree.open(positions);
        }

        OpeningCheck.Outcome check(MultiOpening opening) {
            return OpeningCheck.check(shape(), tree.root(), positions, opening);
        }
    }

    private static Matrix matrix(RandomGenerator random, int logRows, int width, int logBlowup) {
        var columns = new ArrayList<Column>();
        for (var i = 0; i < width; i++)
            columns.add(Column.of(
                    random.ints(1L << (logRows + logBlowup), 0, BabyBear.P).toArray(), logRows));
        return new Matrix(logRows, columns);
    }

    private static Case random(RandomGenerator random) {
        var logBlowup = random.nextInt(4);
        var matrices = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> matrix(random, random.nextInt(9), 1 + random.nextInt(20), logBlowup))
                .toList();
        var tree = commit(matrices, logBlowup, random.nextBoolean());
        var positions =
                random.ints(1 + random.nextInt(12), 0, tree.shape().size()).toArray();
        return new Case(tree, matrices, logBlowup, positions);
    }

    private static MerkleTree commit(List<Matrix> matrices, int logBlowup, boolean salted) {
        try (var workers = new Workers(2)) {
            return MerkleTree.commit(matrices, logBlowup, salted ? SALTS : null, new PlainKernels(), workers);
        }
    }

    @Test
    void openedRowsAreThoseCommittedTo() {
        forAll(60, MerkleTreeTest::random, c -> {
            var outcome = c.check(c.opening());

            assertThat(outcome).isInstanceOf(Opened.class);
            var opened = (Opened) outcome;
            var tallest = c.shape().logRows();
            for (var position : c.positions)
                for (var m = 0; m < c.matrices.size(); m++) {
                    var matrix = c.matrices.get(m);
                    var coset = position >> tallest;
                    var row = position % (1 << matrix.logRows());
                    var expected = matrix.columns().stream()
                            .mapToInt(column -> column.values()[column.start() + coset * column.stride() + row])
                            .toArray();
                    assertThat(opened.row(m, position)).isEqualTo(expected);
                }
        });
    }

    @Test
    void everyChangedWordOfAnOpeningIsRefused() {
        forAll(25, MerkleTreeTest::random, c -> {
            var opening = c.opening();
            var random = new Random(c.positions[0]);
            for (var i = 0; i < 30; i++) {
                var values = opening.values();
                var salts = opening.salts();
                var path = opening.path();
                var part = List.of(values, salts, path).get(i % 3);
                if (part.length == 0) continue;
                part[random.nextInt(part.length)] ^= 1 << random.nextInt(32);

                assertThat(c.check(new MultiOpening(values, salts, path))).isInstanceOf(Refused.class);
            }
        });
    }

    @Test
    void missingAndSurplusPartsAreRefusedAndNamed() {
        forAll(40, MerkleTreeTest::random, c -> {
            var all = c.opening();

            for (var change : new int[] {-1, 1}) {
                assertRefused(
                        c, new MultiOpening(longer(all.values(), change), all.salts(), all.path()), Reason.VALUE_COUNT);
                if (c.shape().salted() || change > 0)
                    assertRefused(
                            c,
                            new MultiOpening(all.values(), longer(all.salts(), change), all.path()),
                            Reason.SALT_COUNT);
                if (all.path().length > 0 || change > 0)
                    assertRefused(
                            c,
                            new MultiOpening(all.values(), all.salts(), longer(all.path(), change)),
                            Reason.PATH_LENGTH);
            }
            assertRefused(c, new MultiOpening(all.values(), all.salts(), longer(all.path(), 8)), Reason.PATH_LENGTH);
            assertRefused(c, new MultiOpening(new int[0], new int[0], new int[0]), Reason.VALUE_COUNT);
        });
    }

    private static int[] longer(int[] words, int change) {
        return java.util.Arrays.copyOf(words, words.length + change);
    }

    private static void assertRefused(Case c, MultiOpening opening, Reason reason) {
        assertThat(c.check(opening)).isEqualTo(new Refused(reason));
    }

    @Test
    void valuesThatAreNotCanonicalAreRefused() {
        var c = random(new Random(5));
        var opening = c.opening();
        var values = opening.values();
        values[0] += BabyBear.P;

        assertRefused(c, new MultiOpening(values, opening.salts(), opening.path()), Reason.VALUE_NOT_CANONICAL);
    }

    @Test
    void anotherRootIsRefused() {
        var c = random(new Random(6));

        assertThat(OpeningCheck.check(c.shape(), Digest.of(new int[8], 0), c.positions, c.opening()))
                .isEqualTo(new Refused(Reason.ROOT));
    }

    /// The width and the height come from the caller: values cannot be moved from one row, matrix or height to another.
    @Test
    void anotherShapeOfTheSameNumberOfValuesIsRefused() {
        var random = new Random(7);
        var matrices = List.of(matrix(random, 5, 3, 1), matrix(random, 4, 5, 1), matrix(random, 4, 2, 1));
        var tree = commit(matrices, 1, false);
        var positions = new int[] {3, 17, 40};
        var opening = tree.open(positions);

        for (var shapes : List.of(
                List.of(new MatrixShape(5, 5), new MatrixShape(4, 3), new MatrixShape(4, 2)),
                List.of(new MatrixShape(5, 10)),
                List.of(new MatrixShape(5, 3), new MatrixShape(3, 7)),
                List.of(new MatrixShape(6, 3), new MatrixShape(4, 7)))) {
            var shape = new TreeShape(shapes, 1, false);
            assertThat(OpeningCheck.check(shape, tree.root(), positions, opening))
                    .isInstanceOf(Refused.class);
        }
        var salted = new TreeShape(tree.shape().matrices(), 1, true);
        assertThat(OpeningCheck.check(salted, tree.root(), positions, opening))
                .isEqualTo(new Refused(Reason.SALT_COUNT));
    }

    @Test
    void otherPositionsAreRefused() {
        var random = new Random(8);
        var tree = commit(List.of(matrix(random, 6, 2, 2)), 2, true);
        var opening = tree.open(5, 77);

        assertThat(OpeningCheck.check(tree.shape(), tree.root(), new int[] {5, 78}, opening))
                .isInstanceOf(Refused.class);
        assertThat(OpeningCheck.check(tree.shape(), tree.root(), new int[] {77, 5, 77}, opening))
                .isInstanceOf(Opened.class);
        assertThatThrownBy(() -> OpeningCheck.check(tree.shape(), tree.root(), new int[] {256}, opening))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpeningCheck.check(tree.shape(), tree.root(), new int[0], opening))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsThatWereNotOpenedCannotBeRead() {
        var random = new Random(9);
        var tree = commit(List.of(matrix(random, 6, 2, 2)), 2, true);
        var opened = (Opened) OpeningCheck.check(tree.shape(), tree.root(), new int[] {5}, tree.open(5));

        assertThatThrownBy(() -> opened.row(0, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saltsHideEqualRowsAndAnotherStreamHasOthers() {
        var same = new Matrix(5, List.of(Column.of(new int[64], 5)));
        var tree = commit(List.of(same), 1, true);
        var other = MerkleTree.commit(
                List.of(same), 1, new KeyedStream(Digest.of(new int[8], 0)), new PlainKernels(), Workers.single());
        var salts = tree.open(IntStream.range(0, 64).toArray()).salts();

        assertThat(tree.root()).isNotEqualTo(other.root());
        assertThat(IntStream.range(0, 64)
                        .mapToObj(i -> List.of(salts[4 * i], salts[4 * i + 1], salts[4 * i + 2], salts[4 * i + 3])))
                .doesNotHaveDuplicates();
    }

    /// Parts of a codeword, as the layers of FRI commit to them: column j of a row r is the value at r + j · rows.
    @Test
    void columnsMayBePartsOfAnArray() {
        var random = new Random(10);
        var codeword = random.ints(2 * 64, 0, BabyBear.P).toArray();
        var columns = IntStream.range(0, 8)
                .mapToObj(j -> new Column(codeword, 8 * j, 64))
                .toList();
        var tree = commit(List.of(new Matrix(3, columns)), 1, false);
        var opened = (Opened) OpeningCheck.check(tree.shape(), tree.root(), new int[] {8 + 5}, tree.open(8 + 5));

        assertThat(opened.row(0, 8 + 5))
                .isEqualTo(
                        IntStream.range(0, 8).map(j -> codeword[64 + 8 * j + 5]).toArray());
    }

    @Test
    void shapesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new TreeShape(List.of(), 1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TreeShape(List.of(new MatrixShape(26, 1)), 2, true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MatrixShape(28, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MatrixShape(4, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
