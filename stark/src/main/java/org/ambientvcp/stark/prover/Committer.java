package org.ambientvcp.stark.prover;

import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.hash.KeyedStream;
import org.ambientvcp.stark.hash.LaneHash;
import org.ambientvcp.stark.merkle.MerkleTree;
import org.ambientvcp.stark.polynomial.LowDegreeExtension;
import org.jspecify.annotations.Nullable;

/// From columns to low-degree extensions and trees.
final class Committer {
    private final Transforms transforms;
    private final Hardware hardware;
    private final ArrayPool pool;

    Committer(Transforms transforms, Hardware hardware, ArrayPool pool) {
        this.transforms = transforms;
        this.hardware = hardware;
        this.pool = pool;
    }

    LowDegreeExtension extension(int logRows) {
        return transforms.of(logRows);
    }

    /// Extends columns as they are: for what is no secret.
    CommittedTable extend(int[][] values, int logRows) {
        return extend(values, logRows, 0, 0, null);
    }

    /// Extends columns w to w + (X^n - 1)·ρ with random ρ, so that so many openings of each say nothing about it.
    ///
    /// @param values of each column on the rows, base elements
    /// @param randomisers coefficients of each ρ
    /// @param firstColumn the number of the first column among those that the stream is for
    CommittedTable extend(int[][] values, int logRows, int randomisers, int firstColumn, @Nullable KeyedStream stream) {
        var extension = extension(logRows);
        var rows = 1 << logRows;
        var extended = new int[values.length][];
        var tails = new int[values.length][];
        hardware.workers().forEach(values.length, () -> new Scratch(rows), (scratch, column) -> {
            var tail = new int[randomisers];
            extension.interpolate(values[column], 0, scratch.coefficients, 0);
            if (stream != null) {
                Randomness.elements(stream, firstColumn + column, tail, 0, randomisers, scratch.hash);
                for (var i = 0; i < randomisers; i++) {
                    var at = extension.position(i);
                    scratch.coefficients[at] = BabyBear.sub(scratch.coefficients[at], tail[i]);
                }
            }
            extended[column] = pool.take(rows << transforms.logBlowup());
            tails[column] = tail;
            extension.evaluate(scratch.coefficients, 0, tail, extended[column], 0);
        });
        return new CommittedTable(logRows, extended, tails);
    }

    /// @param tables without columns are left out
    /// @param salts null for what is no secret
    MerkleTree commit(List<CommittedTable> tables, @Nullable KeyedStream salts) {
        var matrices = tables.stream()
                .filter(table -> table.width() > 0)
                .map(CommittedTable::matrix)
                .toList();
        return MerkleTree.commit(matrices, transforms.logBlowup(), salts, hardware.kernels(), hardware.workers());
    }

    private final class Scratch {
        private final int[] coefficients;
        private final LaneHash hash = new LaneHash(hardware.kernels());

        Scratch(int rows) {
            coefficients = new int[rows];
        }
    }
}
