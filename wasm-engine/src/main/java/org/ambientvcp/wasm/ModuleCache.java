package org.ambientvcp.wasm;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Modules that were taken in, by hash, within a bound on their heap; the least recently used goes first. Callers that
/// ask for the same module at once wait for one of them to take it in. Thread-safe.
///
/// Refusals are kept too, so that a bad module costs its parsing once. Failures of the node are not.
public final class ModuleCache {
    private static final long REFUSAL_BYTES = 1_024;

    /// Where the bytes of a module come from.
    ///
    /// @param <E> what the source throws when it cannot give them
    @FunctionalInterface
    public interface Source<E extends Exception> {
        byte[] read() throws E;
    }

    private final long maximumBytes;
    private final Map<String, Compilation> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CountDownLatch> inWork = new HashMap<>();
    private long bytes;

    /// @param maximumBytes bound on the estimated heap of the kept modules, see [WasmModule#heapBytes]; a module
    /// above
    ///     it is given out and not kept
    public ModuleCache(long maximumBytes) {
        if (maximumBytes < 0) throw new IllegalArgumentException("maximumBytes is negative: " + maximumBytes);
        this.maximumBytes = maximumBytes;
    }

    /// The module of a hash; reads and takes it in if it is not here.
    ///
    /// @param sha256 of the module's bytes, lower-case hex
    /// @param source of the bytes; called at most once at a time for a hash. Bytes with another hash give
    ///     [Compilation.Failed]
    /// @throws E when the source does; other callers that waited then try their own source
    /// @throws InterruptedException while waiting for another caller
    public <E extends Exception> Compilation get(String sha256, Source<E> source) throws E, InterruptedException {
        while (true) {
            var found = findOrBegin(sha256);
            switch (found) {
                case Found(Compilation compilation) -> {
                    return compilation;
                }
                case InWork(CountDownLatch done) -> done.await();
                case Begun begun -> {
                    return takeIn(sha256, source);
                }
            }
        }
    }

    /// Estimated heap of what is kept, in bytes.
    public synchronized long bytes() {
        return bytes;
    }

    private sealed interface State {}

    private record Found(Compilation compilation) implements State {}

    private record InWork(CountDownLatch done) implements State {}

    private record Begun() implements State {}

    private synchronized State findOrBegin(String sha256) {
        var compilation = kept.get(sha256);
        if (compilation != null) return new Found(compilation);
        var done = inWork.get(sha256);
        if (done != null) return new InWork(done);
        inWork.put(sha256, new CountDownLatch(1));
        return new Begun();
    }

    private <E extends Exception> Compilation takeIn(String sha256, Source<E> source) throws E {
        Compilation compilation = null;
        try {
            var compiled = WasmModule.compile(source.read());
            compilation = compiled.sha256().equals(sha256)
                    ? compiled
                    : new Compilation.Failed(sha256, "the bytes have another hash: " + compiled.sha256());
            return compilation;
        } finally {
            finish(sha256, compilation);
        }
    }

    private synchronized void finish(String sha256, @Nullable Compilation compilation) {
        if (compilation != null && !(compilation instanceof Compilation.Failed)) {
            kept.put(sha256, compilation);
            bytes += weight(compilation);
            shrink();
        }
        var done = inWork.remove(sha256);
        if (done != null) done.countDown();
    }

    private void shrink() {
        for (var eldest = kept.values().iterator(); bytes > maximumBytes && eldest.hasNext(); ) {
            bytes -= weight(eldest.next());
            eldest.remove();
        }
    }

    private static long weight(Compilation compilation) {
        return compilation instanceof Compilation.Compiled compiled
                ? compiled.module().heapBytes()
                : REFUSAL_BYTES;
    }
}
