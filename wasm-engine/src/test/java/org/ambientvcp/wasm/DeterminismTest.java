package org.ambientvcp.wasm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.ambientvcp.wasm.Modules.ENGINE;
import static org.ambientvcp.wasm.Modules.call;
import static org.ambientvcp.wasm.Modules.module;
import static org.ambientvcp.wasm.Modules.program;
import static org.ambientvcp.wasm.Modules.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ambientvcp.wasm.machine.Checkpoints;
import org.ambientvcp.wasm.machine.Instance;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    /// Where the body of function add begins, by `wasm-objdump -d calls.wasm`.
    private static final int ADD = 0xed;

    /// Figures of sha256.wasm with argument 1, the same in every mode and on every JVM.
    private static final long GAS = 198_584;

    private static final String TRACE = "cff12725158ec5e54a0c1d0cc099fa7b9ed8d1356854c746021cae468205e297";

    @Test
    void runsOfOneModuleOnManyThreadsAreEqual() throws Exception {
        var module = module("sha256");
        var expected = ENGINE.run(module, program("", "3"));

        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<Future<Execution>>();
            for (var i = 0; i < 8; i++) runs.add(threads.submit(() -> ENGINE.run(module, program("", "3"))));

            for (var execution : runs) assertThat(execution.get()).isEqualTo(expected);
        }
        assertThat(ENGINE.run(module("sha256"), program("", "3"))).isEqualTo(expected);
    }

    @Test
    void aRunLeavesNothingBehindInTheModule() {
        var module = module("bulk");
        var counting = module("calls");

        for (var i = 0; i < 3; i++) {
            var execution = ENGINE.run(module, call("drop-all"));
            assertThat(execution.values()).containsExactly(Value.i32('o' + 7_000 + 1));
            assertThat(ENGINE.run(counting, call("count")).values()).containsExactly(Value.i32(101));
        }
        WasmEngineTest.assertTrap("out of bounds memory access", run("bulk", "init-after-drop"));
    }

    @Test
    void figuresOfAWholeProgramArePinned() {
        var execution = run("sha256", program("", "1"));

        assertThat(execution.gasUsed()).isEqualTo(GAS);
        assertThat(execution.traceDigest()).isEqualTo(TRACE);
    }

    @Test
    void theTraceIsTheDocumentedOne() {
        var path = Instance.PATH_START; // and then one block, from the function's entry
        path = path * Instance.PATH_FACTOR + (int) (ADD * 0x9e37_79b1L);
        var stream = ByteBuffer.allocate(13 + 32 + 20).order(ByteOrder.LITTLE_ENDIAN);
        stream.put("vcp/trace/v3\0".getBytes(US_ASCII)).put(Sha256.of(Modules.bytes("calls")));
        stream.putLong(3).putLong(path).putInt(0);

        assertThat(run("calls", "add", Value.i32(1), Value.i32(2)).traceDigest())
                .isEqualTo(Bytes.of(stream.array()).sha256());
    }

    @Test
    void anotherArgumentGivesAnotherTrace() {
        var two = run("calls", "sum", Value.i32(2));
        var three = run("calls", "sum", Value.i32(3));

        assertThat(two.traceDigest())
                .isNotEqualTo(three.traceDigest())
                .isEqualTo(run("calls", "sum", Value.i32(2)).traceDigest());
    }

    @Test
    void checkpointsAgreeUpToWhereTwoRunsEnd() {
        var interval = 1L << 24;
        var spin = run("hostile", call(WasmEngineTest.gas(5 * interval + 1), "spin"));
        var shorter = run("hostile", call(WasmEngineTest.gas(3 * interval), "spin"));

        assertThat(spin.checkpointGas()).isEqualTo(interval);
        assertThat(spin.checkpoints()).hasSize(4).doesNotHaveDuplicates(); // each is one gas behind its mark
        assertThat(shorter.checkpoints()).isEqualTo(spin.checkpoints().subList(0, 2));
    }

    @Test
    void thereAreNeverMoreThan64Checkpoints() {
        for (var gas : new long[] {1, 1L << 24, 1L << 33, (1L << 33) + (1L << 24), 10_000_000_000L, 1L << 53}) {
            var interval = Checkpoints.interval(gas);
            assertThat(gas / interval).isLessThanOrEqualTo(64);
            assertThat(Long.bitCount(interval)).isEqualTo(1);
        }
        assertThat(Checkpoints.interval(10_000_000_000L)).isEqualTo(1L << 28);
    }
}
