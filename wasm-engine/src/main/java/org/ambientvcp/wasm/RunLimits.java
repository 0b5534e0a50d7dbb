package org.ambientvcp.wasm;

/// What one run may use. Going over ends the run as an outcome; see [Outcome].
///
/// @param memoryPages linear memory in pages of 64 KiB, 0–32,767
/// @param gas gas by the table in `docs/wasm-engine.md`, 1–2^53
/// @param wallMillis time on this node, 1–86,400,000; the only limit that is not deterministic
/// @param outputBytes bytes of output, 0–1 GiB
public record RunLimits(int memoryPages, long gas, int wallMillis, int outputBytes) {
    /// 512 MiB of memory, 10^10 gas, 30 s, 16 MiB of output.
    public static final RunLimits DEFAULT = new RunLimits(8_192, 10_000_000_000L, 30_000, 16 << 20);

    private static final int MOST_PAGES = 32_767;
    private static final long MOST_GAS = 1L << 53;
    private static final int LONGEST_MILLIS = 86_400_000;
    private static final int MOST_OUTPUT = 1 << 30;

    public RunLimits {
        check("memoryPages", memoryPages, 0, MOST_PAGES);
        check("gas", gas, 1, MOST_GAS);
        check("wallMillis", wallMillis, 1, LONGEST_MILLIS);
        check("outputBytes", outputBytes, 0, MOST_OUTPUT);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(name + " is not " + least + "–" + most + ": " + value);
    }
}
