package org.ambientvcp.stark.attacks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.ambientvcp.stark.verifier.Verdict;
import org.ambientvcp.stark.verifier.Verdict.Accepted;

/// Runs the whole [Campaign] or a part of it, on one thread; see `stark/src/test/campaign.sh`. Ends at the first trial
/// whose outcome is wrong, with status 1.
final class CampaignRun {
    static final long SEED = 20_261_122;

    private static final long PROGRESS_NANOS = Duration.ofSeconds(20).toNanos();

    private final List<Trial> trials;
    private final Range range;
    private final long start = System.nanoTime();
    private final TreeMap<String, Integer> done = new TreeMap<>();

    /// Which trials: `number % shares == share - 1`, from the first to before the end.
    private record Range(long seed, int from, int to, int share, int shares) {
        static Range parse(String... arguments) {
            var seed = SEED;
            int from = 0, to = Integer.MAX_VALUE, share = 1, shares = 1;
            for (var i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) throw new IllegalArgumentException("no value for " + arguments[i]);
                var value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--from" -> from = Integer.parseInt(value);
                    case "--to" -> to = Integer.parseInt(value);
                    case "--shard" -> {
                        share = Integer.parseInt(value.substring(0, value.indexOf('/')));
                        shares = Integer.parseInt(value.substring(value.indexOf('/') + 1));
                    }
                    default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
                }
            }
            if (from < 0 || to < from || share < 1 || share > shares)
                throw new IllegalArgumentException(
                        "no trials: --from %d --to %d --shard %d/%d".formatted(from, to, share, shares));
            return new Range(seed, from, to, share, shares);
        }

        boolean has(int number) {
            return number >= from && number < to && number % shares == share - 1;
        }
    }

    private CampaignRun(Range range) {
        this.range = range;
        trials = Campaign.trials(range.seed);
    }

    public static void main(String... arguments) {
        try {
            System.exit(new CampaignRun(Range.parse(arguments)).run());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /// @return the process's status
    private int run() {
        var count = 0;
        for (var number = 0; number < trials.size(); number++) if (range.has(number)) count++;
        System.out.printf(Locale.ROOT, "%,d of %,d trials, seed %d%n", count, trials.size(), range.seed);
        var ended = 0;
        var printed = start;
        for (var number = 0; number < trials.size(); number++) {
            if (!range.has(number)) continue;
            var trial = trials.get(number);
            try {
                var verdict = trial.run();
                done.merge(kind(trial, verdict), 1, Integer::sum);
            } catch (AssertionError | RuntimeException e) {
                System.out.printf(Locale.ROOT, "trial %d FAILED: %s%n", number, trial);
                e.printStackTrace(System.out);
                System.out.printf(
                        Locale.ROOT,
                        "repeat it with: campaign.sh --seed %d --from %d --to %d%n",
                        range.seed,
                        number,
                        number + 1);
                return 1;
            }
            ended++;
            if (System.nanoTime() - printed < PROGRESS_NANOS) continue;
            printed = System.nanoTime();
            progress(ended, count, number + 1);
        }
        progress(ended, count, Math.min(range.to, trials.size()));
        done.forEach((kind, times) -> System.out.printf(Locale.ROOT, "%,6d  %s%n", times, kind));
        System.out.printf(Locale.ROOT, "all as expected%n");
        return 0;
    }

    private void progress(int ended, int count, int next) {
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d of %,d, %.0f s, %.2f a second, about %.0f s left; goes on with --from %d%n",
                ended,
                count,
                seconds,
                ended / seconds,
                (count - ended) * seconds / Math.max(1, ended),
                next);
    }

    private static String kind(Trial trial, Verdict verdict) {
        return switch (trial) {
            case Trial.Honest _ -> "honest, accepted";
            case Trial.MissingPart part ->
                part.name().substring(0, part.name().indexOf(' '))
                        + ": a part left out, accepted without it, refused with it";
            case Trial.ChangedCell cell ->
                cell.honest().machine().name()
                        + ": a cell changed, "
                        + (verdict instanceof Accepted ? "accepted, for it means nothing" : "refused");
        };
    }
}
