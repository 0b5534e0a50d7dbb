package org.ambientvcp.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModuleCacheTest {
    private static final byte[] ECHO = Modules.bytes("echo");
    private static final String ECHO_HASH = Bytes.of(ECHO).sha256();

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void takesAModuleInOnce() throws Exception {
        var cache = new ModuleCache(1 << 20);

        var first = cache.get(ECHO_HASH, () -> read(ECHO));
        var second = cache.get(ECHO_HASH, () -> read(ECHO));

        assertThat(first).isInstanceOf(Compilation.Compiled.class).isSameAs(second);
        assertThat(reads).hasValue(1);
    }

    @Test
    void concurrentCallersTakeAModuleInOnce() throws Exception {
        var cache = new ModuleCache(1 << 20);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<Future<Compilation>>();
            for (var i = 0; i < 4; i++)
                results.add(threads.submit(() -> cache.get(ECHO_HASH, () -> {
                    begun.countDown();
                    goOn.await();
                    return read(ECHO);
                })));
            begun.await();
            goOn.countDown();

            var first = results.getFirst().get();
            for (var result : results) assertThat(result.get()).isSameAs(first);
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() throws Exception {
        var calls = Modules.bytes("calls");
        var bulk = Modules.bytes("bulk");
        var room = Modules.module(ECHO).heapBytes() + Modules.module(calls).heapBytes();
        var cache = new ModuleCache(room);
        cache.get(ECHO_HASH, () -> read(ECHO));
        cache.get(Bytes.of(calls).sha256(), () -> read(calls));
        cache.get(ECHO_HASH, () -> read(ECHO));

        cache.get(Bytes.of(bulk).sha256(), () -> read(bulk));

        assertThat(cache.bytes()).isLessThanOrEqualTo(room);
        assertThat(reads).hasValue(3);
        cache.get(ECHO_HASH, () -> read(ECHO));
        assertThat(reads).hasValue(3);
        cache.get(Bytes.of(calls).sha256(), () -> read(calls));
        assertThat(reads).hasValue(4);
    }

    @Test
    void aModuleOverTheBoundIsGivenOutAndNotKept() throws Exception {
        var cache = new ModuleCache(10);

        assertThat(cache.get(ECHO_HASH, () -> read(ECHO))).isInstanceOf(Compilation.Compiled.class);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void refusalsAreKept() throws Exception {
        var cache = new ModuleCache(1 << 20);
        var hash = Bytes.of(new byte[3]).sha256();

        cache.get(hash, () -> read(new byte[3]));

        assertThat(cache.get(hash, () -> read(new byte[3]))).isInstanceOf(Compilation.Refused.class);
        assertThat(reads).hasValue(1);
    }

    @Test
    void bytesWithAnotherHashAreAFailureAndNotKept() throws Exception {
        var cache = new ModuleCache(1 << 20);

        assertThat(cache.get(ECHO_HASH, () -> read(Modules.bytes("calls")))).isInstanceOf(Compilation.Failed.class);
        assertThat(cache.get(ECHO_HASH, () -> read(ECHO))).isInstanceOf(Compilation.Compiled.class);
    }

    @Test
    void aSourceThatFailsCanBeTriedAgain() throws Exception {
        var cache = new ModuleCache(1 << 20);

        assertThatThrownBy(() -> cache.get(ECHO_HASH, () -> {
                    throw new IOException("no such blob");
                }))
                .isInstanceOf(IOException.class);
        assertThat(cache.get(ECHO_HASH, () -> read(ECHO))).isInstanceOf(Compilation.Compiled.class);
    }

    private byte[] read(byte[] bytes) {
        reads.incrementAndGet();
        return bytes;
    }
}
