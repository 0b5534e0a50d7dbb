package org.ambientvcp.stark.attacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.machines.Adder;
import org.ambientvcp.stark.machines.Execution;
import org.ambientvcp.stark.machines.Sha256;

/// All attacks with whole proofs on the demonstration machines: each constraint, range check, bus and message entry is
/// left out, and a cell of each column is changed on rows of each kind. [CampaignRun] runs them all, the tests a share.
///
/// A seed fixes rows and values; the same seed gives the same trials in the same order.
final class Campaign {
    /// Of 65 rows a block, 64 are rounds.
    private static final int BLOCK = 65;

    private final long seed;
    private final List<Trial> trials = new ArrayList<>();

    private Campaign(long seed) {
        this.seed = seed;
    }

    static List<Trial> trials(long seed) {
        var campaign = new Campaign(seed);
        campaign.parts();
        campaign.cells(FibonacciCheats.honest(), 6);
        campaign.cells(Adder.run(12, 12, 5, 9_000, 1 << 23, 1 << 23, 7, 8), 6);
        campaign.cells(RamCheats.honest(), 6);
        campaign.cellsOfSha256();
        return List.copyOf(campaign.trials);
    }

    private void parts() {
        for (var execution : Proofs.honest()) trials.add(new Trial.Honest(execution));
        trials.add(new Trial.Honest(Sha256Cheats.honest()));
        NecessityTest.cheats().forEach(cheat -> trials.add(new Trial.MissingPart(cheat.toString(), () -> cheat)));
        Sha256Cheats.honest()
                .machine()
                .chips()
                .getFirst()
                .constraints()
                .forEach(constraint -> trials.add(new Trial.MissingPart(
                        "sha256 without '" + constraint.name() + "'", () -> Sha256Cheats.of(constraint.name()))));
    }

    /// Of each column a cell of the first and of the last row, of one that takes part and of one of padding.
    ///
    /// @param real rows that take part in all tables, at the beginning
    private void cells(Execution honest, int real) {
        trials.add(new Trial.Honest(honest));
        for (var chip = 0; chip < honest.tables().size(); chip++) {
            var rows = honest.tables().get(chip)[0].length;
            for (var column = 0; column < honest.tables().get(chip).length; column++) {
                cell(honest, chip, column, 0, 1);
                cell(honest, chip, column, 1, real - 1);
                cell(honest, chip, column, real + 1, rows - 1);
                cell(honest, chip, column, rows - 1, rows);
            }
        }
    }

    /// Of each column a cell of the first and the last row, of a round, of the end of a block; and of the last row
    /// where
    /// it is one of padding, which takes twice the rows.
    private void cellsOfSha256() {
        var honest = Sha256Cheats.honest();
        var last = (1 << Sha256Cheats.LOG_ROWS) - 1;
        var withPadding = Sha256.run(
                Sha256Cheats.LOG_ROWS + 1,
                new Random(257)
                        .ints(16L * Sha256.blocks(Sha256Cheats.LOG_ROWS + 1))
                        .toArray());
        trials.add(new Trial.Honest(withPadding));
        var columns = honest.tables().getFirst().length;
        for (var column = 0; column < columns; column++) {
            var blocks = Sha256.blocks(Sha256Cheats.LOG_ROWS);
            var block = BLOCK * random().nextInt(blocks);
            cell(honest, 0, column, 0, 1);
            cell(honest, 0, column, block + 1, block + BLOCK - 1);
            cell(honest, 0, column, block + BLOCK - 1, block + BLOCK);
            cell(honest, 0, column, last, last + 1);
        }
        for (var column = 0; column < columns; column++) cell(withPadding, 0, column, 2 * last + 1, 2 * last + 2);
    }

    /// A row from `first` to before `end`, and a change.
    private void cell(Execution honest, int chip, int column, int first, int end) {
        var random = random();
        trials.add(
                new Trial.ChangedCell(honest, chip, column, random.nextInt(first, end), random.nextInt(1, BabyBear.P)));
    }

    private SplittableRandom random() {
        return new SplittableRandom(seed * 1_000_000_007L + trials.size());
    }
}
