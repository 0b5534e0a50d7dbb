package org.ambientvcp.wasm.compiler;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// How long a method may be to be worth making: a longer one is not compiled further by this JVM, and bytecode that is
/// interpreted is slower than flat code that is.
final class MethodLimit {
    /// HotSpot's limit, unless it has been started with `-XX:-DontCompileHugeMethods`.
    static final int HUGE_BYTES = 8_000;
    /// The class file's.
    static final int MOST_BYTES = 65_535;

    /// Bytes of bytecode.
    static final int BYTES = leavesHugeMethods() ? HUGE_BYTES : MOST_BYTES;

    private MethodLimit() {}

    private static boolean leavesHugeMethods() {
        var hotSpot = hotSpot();
        return hotSpot == null
                || Boolean.parseBoolean(
                        hotSpot.getVMOption("DontCompileHugeMethods").getValue());
    }

    private static @Nullable HotSpotDiagnosticMXBean hotSpot() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    }
}
