package org.ambientvcp.wasm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/// The memory and the tables of one run, within their limits.
final class Resources {
    private final int memoryPages;
    private final List<TableInstance> tables = new ArrayList<>();
    private @Nullable Memory memory;

    Resources(RunLimits limits) {
        this.memoryPages = limits.memoryPages();
    }

    /// The module's memory; it can grow up to the run's limit.
    Memory createMemory(MemoryLimits wanted) {
        if (wanted.initialPages() > memoryPages)
            throw Stop.because(
                    Outcome.LIMIT_EXCEEDED,
                    "the module starts with " + wanted.initialPages() + " pages of memory, the limit is "
                            + memoryPages);
        var created = new ByteArrayMemory(
                new MemoryLimits(wanted.initialPages(), Math.min(wanted.maximumPages(), memoryPages)));
        memory = created;
        return created;
    }

    /// One of the module's tables. The limits are copied, because the interpreter counts in them and the module's own
    /// are shared by all its runs.
    TableInstance createTable(Table wanted, int initialValue) {
        var limits = wanted.limits();
        if (limits.min() > Gas.TABLE_ELEMENTS)
            throw Stop.because(
                    Outcome.LIMIT_EXCEEDED,
                    "the module starts with a table of " + limits.min() + " elements, the limit is "
                            + Gas.TABLE_ELEMENTS);
        var own = new TableLimits(limits.min(), Math.min(limits.max(), Gas.TABLE_ELEMENTS));
        var created = new TableInstance(new Table(wanted.elementType(), own, wanted.initialize()), initialValue);
        tables.add(created);
        return created;
    }

    boolean canGrowMemory(long pages) {
        return memory != null && memory.pages() + pages <= memory.maximumPages();
    }

    boolean canGrowTable(int table, long elements) {
        return tableSize(table) + elements <= tables.get(table).limits().max();
    }

    long tableSize(int table) {
        return tables.get(table).size();
    }

    /// The memory for host functions, null if the module has none.
    @Nullable
    Memory memory() {
        return memory;
    }

    /// Pages never go back, so the current count is the peak.
    int peakPages() {
        return memory == null ? 0 : memory.pages();
    }
}
