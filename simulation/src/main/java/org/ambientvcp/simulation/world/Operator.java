package org.ambientvcp.simulation.world;

import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellConfig;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.Strategy;
import org.ambientvcp.events.TaskCancel;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.Tick;
import org.ambientvcp.schemas.AvroCodec;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Chance;
import org.ambientvcp.simulation.Situation;

/// Gives money, sets quotas and settings, and now and then types something wrong.
final class Operator {
    private final World world;
    private final Chance chance;
    private int grants;

    Operator(World world) {
        this.world = world;
        chance = world.chance.split();
    }

    void start() {
        for (var tenant : world.tenants) {
            grant("tenant:" + tenant.name, "first", world.profile.funds());
            if (chance.oneIn(3)) {
                world.coverage.count(Situation.GRANT_REPEATED);
                grant("tenant:" + tenant.name, "first", world.profile.funds());
            }
        }
        for (var node : world.nodes) if (!chance.oneIn(4)) grant("node:" + node.id(), "stake", chance.below(20_000));
        plan();
    }

    private void plan() {
        world.time.in(chance.between(1_000, 15_000), () -> {
            if (world.calm) return;
            act();
            plan();
        });
    }

    private void act() {
        var tenant = chance.any(world.tenants).name;
        switch (chance.below(6)) {
            case 0 -> grant("tenant:" + tenant, "extra-" + grants++, chance.between(1, 50_000));
            case 1 -> {
                world.coverage.count(Situation.QUOTA_CHANGED);
                quota(tenant, chance.oneIn(4) ? 0 : chance.below(20));
                world.time.in(chance.between(1_000, 10_000), () -> quota(tenant, 100));
            }
            case 2, 3 -> {
                world.coverage.count(Situation.CONFIG_CHANGED);
                var config = config(chance, world.profile);
                world.trace(() -> "settings: " + config);
                for (int cell = 0; cell < world.profile.cells(); cell++)
                    command(cell, "config", new CellCommand(config));
            }
            default -> garbage();
        }
    }

    private void garbage() {
        world.coverage.count(Situation.GARBAGE_COMMAND);
        int cell = chance.below(world.profile.cells());
        switch (chance.below(4)) {
            case 0 -> command(cell, "tick", new CellCommand(new Tick(1L)));
            case 1 ->
                command(cell, "nobody-7", new CellCommand(new TaskCancel("nobody-7", "nobody", "operator", "a slip")));
            case 2 -> world.broker.partition(Topics.CELL_COMMANDS, cell).append(world.time.now(), "x", null, null);
            default ->
                world.broker
                        .partition(Topics.LEDGER_COMMANDS, "x")
                        .append(
                                world.time.now(),
                                "x",
                                new LedgerCommand(new GrantFunds("g", "tenant:x", 5L, "a slip")),
                                null);
        }
    }

    private void command(int cell, String key, CellCommand command) {
        world.broker.partition(Topics.CELL_COMMANDS, cell).append(world.time.now(), key, command, null);
    }

    private void grant(String account, String id, long amount) {
        ledger(account, new LedgerCommand(new GrantFunds(id, account, amount, "operator")));
    }

    private void quota(String tenant, int most) {
        ledger("tenant:" + tenant, new LedgerCommand(new TenantQuota(tenant, most)));
    }

    private void ledger(String owner, LedgerCommand command) {
        world.broker.partition(Topics.LEDGER_COMMANDS, owner).append(world.time.now(), owner, command, null);
    }

    /// Settings of a cell.
    static CellConfig config(Chance chance, Profile profile) {
        AvroCodec.schema(CellConfig.class); // makes Avro trust our records: a builder needs that
        return CellConfig.newBuilder()
                .setDefaultStrategy(chance.any(List.of(Strategy.values())))
                .setMaxQueuedTasks(profile.maxQueued())
                .setLeaseGraceMillis((int) chance.between(200, 4_000))
                .setVerificationTimeoutMillis((int) chance.between(1_500, 12_000))
                .setRetryBackoffMillis(chance.below(800))
                .setRetryBackoffMaxMillis((int) chance.between(800, 6_000))
                .setRememberMillis(3_600_000)
                .setMaxRemembered(100_000)
                .setSlashPercent(chance.oneIn(5) ? 0 : (int) chance.between(1, 100))
                .setMaxExtraReplicas(chance.below(3))
                .setCells(profile.cells())
                .setForgetNodesMillis(chance.oneIn(3) ? chance.between(1_000, 20_000) : 3_600_000)
                .setMaxVerificationJobs(chance.oneIn(3) ? 2 : 10)
                .build();
    }
}
