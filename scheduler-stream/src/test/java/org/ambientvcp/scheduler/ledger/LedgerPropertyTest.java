package org.ambientvcp.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.scheduler.Samples;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for any commands in any order. The seed is the test's argument, so a failure can be repeated.
class LedgerPropertyTest {
    private static final int COMMANDS = 500;
    private static final List<String> TENANTS = List.of("a", "b", "c");
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4").stream()
            .map(name -> Samples.identity(name).id())
            .toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moneyIsNeitherMadeNorLost(long seed) {
        var random = new Random(seed);
        var world = new LedgerWorld(false, 1_000_000);
        var admitted = 0;

        for (var step = 0; step < COMMANDS; step++) {
            var effects = world.apply(next(random, world), step * 10L);
            if (effects.event() == Effects.Event.ADMITTED) admitted++;

            assertBooksAreSound(world, effects, "seed " + seed + ", command " + step);
        }
        while (!world.underWay.isEmpty()) world.apply(new LedgerCommand(world.underWay.remove()), COMMANDS * 10L);

        assertThat(admitted).as("tasks admitted").isGreaterThan(20);
        assertThat(world.settlements).isNotEmpty();
        assertThat(world.settlements.values()).as("settlements of one task").containsOnly(1);
        assertBalancesAreTheSumOfEntries(world);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aLedgerThatRestartsBeforeEveryCommandDoesTheSame(long seed) {
        var commands = new ArrayList<LedgerCommand>();
        var steady = run(seed, new LedgerWorld(false, 20), commands);
        var restarted = new ArrayList<Effects>();

        var world = new LedgerWorld(true, 20);
        for (var step = 0; step < commands.size(); step++) restarted.add(world.apply(commands.get(step), time(step)));

        assertThat(restarted).isEqualTo(steady);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatIsForgottenDoesNotHarmTheBooks(long seed) {
        var random = new Random(seed);
        var world = new LedgerWorld(false, 5);

        for (var step = 0; step < COMMANDS; step++) {
            var effects = world.apply(next(random, world), time(step));

            assertBooksAreSound(world, effects, "seed " + seed + ", command " + step);
            assertThat(world.remembered()).isLessThanOrEqualTo(5);
        }
        while (!world.underWay.isEmpty()) world.apply(new LedgerCommand(world.underWay.remove()), time(COMMANDS));

        assertBalancesAreTheSumOfEntries(world);
    }

    private static List<Effects> run(long seed, LedgerWorld world, List<LedgerCommand> commands) {
        var random = new Random(seed);
        var effects = new ArrayList<Effects>();
        for (var step = 0; step < COMMANDS; step++) {
            commands.add(next(random, world));
            effects.add(world.apply(commands.getLast(), time(step)));
        }
        return effects;
    }

    /// Twenty minutes a command: a day passes many times.
    private static long time(int step) {
        return step * 1_200_000L;
    }

    private static void assertBooksAreSound(LedgerWorld world, Effects effects, String when) {
        assertThat(LedgerWorld.sum(effects.entries())).as(when).isZero();
        assertThat(effects.entries().stream()
                        .collect(Collectors.groupingBy(
                                LedgerEntry::getTransferId, Collectors.summingLong(LedgerEntry::getAmountMicros)))
                        .values())
                .as(when)
                .allMatch(sum -> sum == 0);
        assertThat(world.entriesByAccount.values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as(when)
                .isZero();
        for (var owner : world.owners()) {
            if (!owner.getOwner().equals(Accounts.MINT))
                assertThat(owner.getBalanceMicros()).as(when + " " + owner).isNotNegative();
            var tenant = Accounts.tenantOf(owner.getOwner());
            if (tenant == null) continue;
            var live = world.liveHolds(tenant);
            assertThat(owner.getHeldMicros())
                    .as(when + " held by " + tenant)
                    .isEqualTo(
                            live.stream().mapToLong(HeldReward::getAmountMicros).sum());
            assertThat(owner.getTasksInFlight()).as(when).isEqualTo(live.size());
        }
    }

    private static void assertBalancesAreTheSumOfEntries(LedgerWorld world) {
        world.entriesByAccount.forEach((account, sum) ->
                assertThat(balance(world, account)).as(account).isEqualTo(sum));
        assertThat(world.entriesByAccount).containsKeys(Accounts.MINT, Accounts.TREASURY);
    }

    private static long balance(LedgerWorld world, String account) {
        return account.startsWith("escrow:")
                ? world.owner("tenant:" + account.substring(7)).getHeldMicros()
                : world.owner(account).getBalanceMicros();
    }

    private static LedgerCommand next(RandomGenerator random, LedgerWorld world) {
        if (!world.underWay.isEmpty() && random.nextInt(3) == 0) return new LedgerCommand(world.underWay.remove());
        return new LedgerCommand(body(random));
    }

    private static SpecificRecord body(RandomGenerator random) {
        var tenant = pick(TENANTS, random);
        var taskId = "t" + random.nextInt(200);
        var node = pick(NODES, random);
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> new AdmitTask(Samples.task(tenant, taskId, random.nextInt(20) * 50L));
            case 4, 5, 6, 7 -> new SettleTask(tenant, taskId, 1, payments(random), random.nextInt(3) == 0);
            case 8 -> new SlashNode(node, taskId, 1, random.nextLong(-10, 500), "");
            case 9 ->
                new GrantFunds(
                        "g" + random.nextInt(50),
                        random.nextBoolean() ? Accounts.tenant(tenant) : Accounts.node(node),
                        random.nextLong(-10, 5_000),
                        "");
            case 10 -> new PassOn(new TaskOffer(Samples.task(tenant, taskId, 1), List.of(0), 0L));
            default -> new TenantQuota(tenant, random.nextInt(-1, 30));
        };
    }

    private static List<Payment> payments(RandomGenerator random) {
        var payments = new ArrayList<Payment>();
        for (var count = random.nextInt(4); count > 0; count--)
            payments.add(new Payment(pick(NODES, random), random.nextLong(-5, 600)));
        return payments;
    }

    private static <T> T pick(List<T> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}
