package org.ambientvcp.benchmarks.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Locale;

/// What the JVM holds, in bytes.
///
/// @param heap live objects
/// @param metaspace what classes take
/// @param code machine code of compiled methods
/// @param classes loaded and not unloaded again
record Footprint(long heap, long metaspace, long code, int classes) {

    /// Collects twice, since classes go with the first collection and what they held with the second.
    static Footprint afterCollection() {
        System.gc();
        System.gc();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                used("Metaspace"),
                used("Code"),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    private static long used(String pools) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
                .filter(pool -> pool.getName().startsWith(pools))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "heap %.1f MB, metaspace %.1f MB, code %.1f MB, %,d classes",
                heap / 1e6,
                metaspace / 1e6,
                code / 1e6,
                classes);
    }
}
