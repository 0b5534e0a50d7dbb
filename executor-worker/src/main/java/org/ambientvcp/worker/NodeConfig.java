package org.ambientvcp.worker;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.service.InvalidSettingException;
import org.ambientvcp.service.Settings;

/// What a node is and how it works.
///
/// @param name for people, 1–63 of A–Z a–z 0–9 . _ -
/// @param ownerId who operates the node; replicas of a task go to distinct owners
/// @param capabilities words that tasks can ask for, sorted
/// @param slots tasks run at once, 1–1024
/// @param memoryBytes of the machine, > 0
/// @param tdpMilliwatts thermal design power of the whole node, > 0
/// @param cell partition of the assignments, ≥ 0
/// @param telemetryInterval time between two samples, 100 ms–60 s
/// @param clockSkew how far the node's clock may be ahead of the brokers', ≥ 0
/// @param speculative whether work starts from assignments that are not committed yet
/// @param dataDirectory where the last epoch is kept
public record NodeConfig(
        String name,
        String ownerId,
        String region,
        NodeType nodeType,
        List<String> capabilities,
        int slots,
        long memoryBytes,
        int tdpMilliwatts,
        int cell,
        Duration telemetryInterval,
        Duration clockSkew,
        boolean speculative,
        Path dataDirectory) {
    private static final int MOST_SLOTS = 1_024;
    private static final int MOST_CAPABILITIES = 32;
    private static final int MILLIWATTS = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public NodeConfig {
        requireNonNull(nodeType, "nodeType");
        requireNonNull(dataDirectory, "dataDirectory");
        if (!NAME.matcher(name).matches())
            throw new InvalidSettingException("VCP_NODE_NAME is not 1–63 of A–Z a–z 0–9 . _ -: " + name);
        requireWord("VCP_OWNER", ownerId);
        requireWord("VCP_REGION", region);
        for (var capability : capabilities) requireWord("VCP_CAPABILITIES", capability);
        if (capabilities.size() > MOST_CAPABILITIES)
            throw new InvalidSettingException(
                    "VCP_CAPABILITIES has more than " + MOST_CAPABILITIES + " words: " + capabilities.size());
        capabilities = List.copyOf(new TreeSet<>(capabilities));
        requireRange("VCP_PARALLEL_TASKS", slots, 1, MOST_SLOTS);
        requireRange("VCP_MEMORY_BYTES", memoryBytes, 1, Long.MAX_VALUE);
        requireRange("VCP_TDP_WATTS in milliwatts", tdpMilliwatts, 1, Integer.MAX_VALUE);
        requireRange("VCP_CELL", cell, 0, Integer.MAX_VALUE);
        requireRange("VCP_TELEMETRY_INTERVAL_MILLIS", telemetryInterval.toMillis(), 100, 60_000);
        requireRange("VCP_CLOCK_SKEW_MILLIS", clockSkew.toMillis(), 0, 3_600_000);
    }

    /// Reads the settings of docs/configuration.md, section executor-worker.
    ///
    /// @throws InvalidSettingException naming the variable, what was expected and what came
    public static NodeConfig from(Settings settings) {
        return new NodeConfig(
                settings.text("VCP_NODE_NAME"),
                settings.text("VCP_OWNER"),
                settings.text("VCP_REGION", "local"),
                settings.choice("VCP_NODE_TYPE", NodeType.class, NodeType.SERVER),
                settings.list("VCP_CAPABILITIES"),
                settings.integer("VCP_PARALLEL_TASKS", 2, 1, MOST_SLOTS),
                settings.number("VCP_MEMORY_BYTES", machineMemory(), 1, Long.MAX_VALUE),
                settings.integer("VCP_TDP_WATTS", 65, 1, 100_000) * MILLIWATTS,
                settings.integer("VCP_CELL", 0, 0, Integer.MAX_VALUE),
                settings.millis("VCP_TELEMETRY_INTERVAL_MILLIS", 1_000, 100, 60_000),
                settings.millis("VCP_CLOCK_SKEW_MILLIS", 2_000, 0, 3_600_000),
                settings.flag("VCP_SPECULATIVE_DISPATCH", true),
                Path.of(settings.text("VCP_DATA_DIR", "node-data")));
    }

    /// The file of the node's secret key.
    public Path keyFile() {
        return dataDirectory.resolve("node.key");
    }

    /// The file of the last epoch.
    Path epochFile() {
        return dataDirectory.resolve("node.epoch");
    }

    private static long machineMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static void requireWord(String setting, String word) {
        if (!WORD.matcher(word).matches())
            throw new InvalidSettingException(setting + " is not 1–63 of a–z 0–9 . _ -: " + word);
    }

    private static void requireRange(String setting, long value, long least, long most) {
        if (value < least || value > most)
            throw new InvalidSettingException(setting + " is not " + least + "–" + most + ": " + value);
    }
}
