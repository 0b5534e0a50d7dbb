package org.ambientvcp.stark.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ambientvcp.stark.attacks.Trial.ChangedCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A share of the [Campaign]: all trials of the small machines and some of SHA-256. `stark/src/test/campaign.sh` runs
/// the
/// rest.
class CampaignTest {
    private static final List<Trial> TRIALS = Campaign.trials(CampaignRun.SEED);

    /// Those of SHA-256 differ in the column more than in the kind: every 75th.
    private static final int SAMPLED = 75;

    static Stream<Arguments> share() {
        return IntStream.range(0, TRIALS.size())
                .filter(number -> !TRIALS.get(number).toString().startsWith("sha256") || number % SAMPLED == 37)
                .mapToObj(number -> Arguments.of(number, TRIALS.get(number)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("share")
    void trialsEndAsTheyMust(int number, Trial trial) {
        assertThat(trial.run()).as("trial %d", number).isNotNull();
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        assertThat(Campaign.trials(7)).hasToString(Campaign.trials(7).toString());
        assertThat(Campaign.trials(7).toString())
                .isNotEqualTo(Campaign.trials(8).toString());
        assertThat(Campaign.trials(8)).hasSameSizeAs(TRIALS);
    }

    /// The others are there for a mask.
    @Test
    void inEveryColumnSomeCellMatters() {
        var meaningless = new TreeSet<String>();
        var meaningful = new ArrayList<String>();
        for (var trial : TRIALS)
            if (trial instanceof ChangedCell cell)
                (cell.isViolation() ? meaningful : meaningless).add(cell.columnName());
        meaningful.forEach(meaningless::remove);

        assertThat(meaningless).isNotEmpty().allMatch(name -> name.contains(": mask "));
    }
}
