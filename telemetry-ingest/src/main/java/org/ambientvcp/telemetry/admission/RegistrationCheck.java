package org.ambientvcp.telemetry.admission;

import java.util.List;
import java.util.regex.Pattern;
import org.ambientvcp.events.NodeRegistration;
import org.jspecify.annotations.Nullable;

/// What a registration must be before a node is known by it.
public final class RegistrationCheck {
    public static final int MAX_CAPABILITIES = 32;
    public static final int MAX_SLOTS = 1024;
    /// 1 PiB.
    public static final long MAX_MEMORY_BYTES = 1L << 50;
    /// 100 kW.
    public static final int MAX_TDP_MILLIWATTS = 100_000_000;

    public static final int MIN_INTERVAL_MILLIS = 100;
    public static final int MAX_INTERVAL_MILLIS = 3_600_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[!-~]{1,64}");
    private static final String WORD_FORM = "1–63 of a–z 0–9 . _ -";

    private RegistrationCheck() {}

    /// Why a registration does not count, or null if it does.
    ///
    /// @param known the node's registration so far; null: none
    /// @param cells number of cells there are
    public static @Nullable Refusal refusal(
            NodeRegistration registration, @Nullable NodeRegistration known, int cells) {
        var problems = new Problems();
        words(registration, problems);
        problems.range("slots", registration.getSlots(), 1, MAX_SLOTS);
        problems.range("memoryBytes", registration.getMemoryBytes(), 1, MAX_MEMORY_BYTES);
        problems.range("tdpMilliwatts", registration.getTdpMilliwatts(), 1, MAX_TDP_MILLIWATTS);
        problems.range("cell", registration.getCell(), 0, Integer.MAX_VALUE);
        problems.range(
                "telemetryIntervalMillis",
                registration.getTelemetryIntervalMillis(),
                MIN_INTERVAL_MILLIS,
                MAX_INTERVAL_MILLIS);
        order(registration).check(problems);
        var refusal = problems.refusal();
        if (refusal != null) return refusal;
        if (registration.getCell() >= cells)
            return new Refusal("unknown-cell", "cell is not 0–" + (cells - 1) + ": " + registration.getCell());
        if (known != null && !order(registration).isNewerThan(order(known)))
            return order(registration).replayed(order(known));
        return null;
    }

    private static void words(NodeRegistration registration, Problems problems) {
        problems.form("name", registration.getName(), NAME, "1–63 of A–Z a–z 0–9 . _ -");
        problems.form("ownerId", registration.getOwnerId(), OWNER, "1–128 of A–Z a–z 0–9 . _ -");
        problems.form("region", registration.getRegion(), WORD, WORD_FORM);
        problems.form("softwareVersion", registration.getSoftwareVersion(), VERSION, "1–64 printable characters");
        var capabilities = registration.getCapabilities();
        problems.unless(
                capabilities.size() <= MAX_CAPABILITIES,
                "capabilities has more than " + MAX_CAPABILITIES + " words: " + capabilities.size());
        capabilities.stream()
                .limit(MAX_CAPABILITIES)
                .forEach(capability -> problems.form("capabilities", capability, WORD, WORD_FORM));
        problems.unless(isSorted(capabilities), "capabilities is not sorted without repeats");
    }

    private static boolean isSorted(List<String> words) {
        for (int i = 1; i < words.size(); i++) if (words.get(i - 1).compareTo(words.get(i)) >= 0) return false;
        return true;
    }

    private static EventOrder order(NodeRegistration registration) {
        return new EventOrder(registration.getEpoch(), registration.getSequence());
    }
}
