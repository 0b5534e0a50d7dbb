package org.ambientvcp.embedded;

import static org.ambientvcp.embedded.LoopbackSockets.HOST;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The settings of a one-node broker and controller with a small footprint.
final class BrokerSettings {

    static final String CONTROLLER = "CONTROLLER";

    private BrokerSettings() {}

    /// Defaults, then the overrides, then what makes this broker this broker: roles, ports, directory. An override of
    /// `listener.security.protocol.map` makes clients authenticate.
    static Map<String, String> of(Path directory, int port, int controllerPort, Map<String, String> overrides) {
        var settings = new HashMap<>(defaults());
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.putAll(overrides);
        settings.putAll(identity(directory, port, controllerPort));
        return settings;
    }

    /// @throws IllegalArgumentException if an override is for the roles, the ports or the directory
    static void requireAllowed(Map<String, String> overrides) {
        var own = identity(Path.of(""), 0, 0).keySet();
        for (var name : overrides.keySet()) {
            if (own.contains(name) || name.equals("log.dir"))
                throw new IllegalArgumentException(name + " cannot be overridden, the embedded broker sets it");
        }
    }

    private static Map<String, String> identity(Path directory, int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "log.dirs",
                directory.toString(),
                // A static quorum is not stored, so the controller's port may change between restarts.
                "controller.quorum.voters",
                "1@" + HOST + ":" + controllerPort,
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + HOST + ":" + port,
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "PLAINTEXT");
    }

    static Map<String, String> defaults() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                // Records of 1 MiB and what surrounds them; Kafka's default is 1 MiB with all that surrounds it.
                Map.entry("message.max.bytes", "2097152"),

                // There is no second broker to replicate to.
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),

                // Kafka's 50 partitions of each make the first start slow.
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),

                // Memory and threads. The cleaner's buffer alone is 128 MiB by default.
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("log.cleaner.backoff.ms", "5000"),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("offsets.topic.segment.bytes", "1048576"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.replica.fetchers", "1"),
                Map.entry("background.threads", "2"),

                // Time. A restart after a crash waits until the old session is over; a shutdown ends on a heartbeat.
                // What a killed process left open is looked for every 10 s by default; till then its partitions stand
                // still.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A member of a share group that was killed keeps partitions to itself for that long; Kafka's 45 s are
                // also the least it would let a group choose.
                Map.entry("group.share.session.timeout.ms", "6000"),
                Map.entry("group.share.min.session.timeout.ms", "6000"),
                Map.entry("group.share.heartbeat.interval.ms", "1500"),
                Map.entry("group.share.min.heartbeat.interval.ms", "1500"),
                // While the last transaction completes, the next one's first partition is refused and retried; with a
                // commit every 10 ms the default pause of 20 ms is a good part of the latency.
                Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
                Map.entry("add.partitions.to.txn.retry.backoff.max.ms", "5"));
    }
}
