package org.ambientvcp.stark.prover;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.merkle.MerkleTree;
import org.ambientvcp.stark.proof.VerificationKey;
import org.ambientvcp.stark.security.Profile;
import org.jspecify.annotations.Nullable;

/// What can be computed once for all proofs of a machine: its preprocessed columns, extended and committed to, and the
/// key for those who verify. A function of machine and profile; nothing in it is secret.
///
/// Immutable; safe for all threads.
public final class ProvingKey {
    private final VerificationKey verificationKey;
    private final List<CommittedTable> preprocessed;
    private final List<int[][]> preprocessedRows;
    private final @Nullable MerkleTree tree;

    private ProvingKey(
            VerificationKey verificationKey,
            List<CommittedTable> preprocessed,
            List<int[][]> preprocessedRows,
            @Nullable MerkleTree tree) {
        this.verificationKey = verificationKey;
        this.preprocessed = preprocessed;
        this.preprocessedRows = preprocessedRows;
        this.tree = tree;
    }

    public static ProvingKey of(Machine machine, Profile profile, Hardware hardware) {
        var committer = new Committer(
                new Transforms(profile.parameters().logBlowup(), hardware.kernels()), hardware, new ArrayPool());
        var tables = new ArrayList<CommittedTable>();
        var rows = new ArrayList<int[][]>();
        for (var chip : machine.chips()) {
            var columns = new int[chip.preprocessed().size()][];
            for (var i = 0; i < columns.length; i++) {
                columns[i] = chip.preprocessed().get(i).values();
                for (var row = 0; row < columns[i].length; row++)
                    columns[i][row] = BabyBear.fromCanonical(columns[i][row]);
            }
            rows.add(columns);
            var logRows = columns.length == 0 ? 0 : Integer.numberOfTrailingZeros(chip.fixedHeight());
            tables.add(columns.length == 0 ? CommittedTable.empty(0) : committer.extend(columns, logRows));
        }
        var none = tables.stream().allMatch(table -> table.width() == 0);
        var tree = none ? null : committer.commit(tables, null);
        var key = new VerificationKey(machine, profile, tree == null ? null : tree.root());
        return new ProvingKey(key, List.copyOf(tables), List.copyOf(rows), tree);
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    List<CommittedTable> preprocessed() {
        return preprocessed;
    }

    /// The preprocessed columns of a chip on its rows.
    int[][] preprocessedRows(int chip) {
        return preprocessedRows.get(chip);
    }

    @Nullable
    MerkleTree tree() {
        return tree;
    }
}
