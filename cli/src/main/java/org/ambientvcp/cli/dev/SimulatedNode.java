package org.ambientvcp.cli.dev;

import java.util.List;
import org.ambientvcp.events.NodeType;

/// A node of the dev cluster: a real worker that really runs programs, with simulated sensors.
///
/// @param name for people
/// @param ownerId who operates it; all differ, so that replicas can be spread
/// @param slots tasks at once
/// @param tdpWatts thermal design power
/// @param bandwidthMbps mean of the simulated measurements, as the others below
/// @param latencyMillis round trip
/// @param cpuFreePercent free processors
/// @param memoryFreePercent free memory
/// @param celsius temperature
/// @param cheats whether it changes results before it signs them
record SimulatedNode(
        String name,
        String ownerId,
        String region,
        NodeType nodeType,
        List<String> capabilities,
        int slots,
        int tdpWatts,
        int bandwidthMbps,
        int latencyMillis,
        int cpuFreePercent,
        int memoryFreePercent,
        int celsius,
        boolean cheats) {

    /// Two good ones, a modest one, one that cheats and one that runs hot.
    static final List<SimulatedNode> ALL = List.of(
            new SimulatedNode(
                    "atlas",
                    "uni-oslo",
                    "eu-north",
                    NodeType.SERVER,
                    List.of("simd"),
                    2,
                    120,
                    940,
                    4,
                    85,
                    80,
                    48,
                    false),
            new SimulatedNode(
                    "borealis",
                    "coop-tromso",
                    "eu-north",
                    NodeType.SERVER,
                    List.of("simd"),
                    2,
                    95,
                    600,
                    9,
                    70,
                    65,
                    52,
                    false),
            new SimulatedNode(
                    "cedar",
                    "maker-lab",
                    "eu-west",
                    NodeType.EDGE,
                    List.of("budget"),
                    2,
                    25,
                    120,
                    28,
                    55,
                    40,
                    61,
                    false),
            new SimulatedNode(
                    "mallory",
                    "nobody-knows",
                    "eu-west",
                    NodeType.WORKSTATION,
                    List.of("budget"),
                    2,
                    65,
                    480,
                    12,
                    75,
                    70,
                    55,
                    true),
            new SimulatedNode(
                    "ember",
                    "rooftop-solar",
                    "eu-south",
                    NodeType.EDGE,
                    List.of("budget"),
                    2,
                    40,
                    300,
                    18,
                    60,
                    60,
                    91,
                    false));

    /// Whether its temperature keeps it in safe mode.
    boolean runsHot() {
        return celsius > 85;
    }
}
