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
import org.junit.jupiter.api.Test;

class DeterminismTest {
    /// Where the body of function add begins, by `wasm-objdump -d calls.wasm`.
    private static final int ADD = 0xed;

    /// Figures of sha256.wasm with argument 1, the same on an interpreting and a compiling JVM.
    private static final long GAS = 200_127;

    private static final String TRACE = "49a16dae1958477a06ebe5b85234474d0ca57f949c522c7d4f382fe4f811a551";

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
    void theTraceIsTheDocumentedStream() {
        var bytes = Modules.bytes("calls"); // the offsets are those of `wasm-objdump -d`, function add
        var stream = ByteBuffer.allocate(13 + 32 + 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
        stream.put("vcp/trace/v1\0".getBytes(US_ASCII)).put(Sha256.of(bytes));
        stream.putInt(ADD).putInt(ADD + 2).putInt(ADD + 4);

        assertThat(run("calls", "add", Value.i32(1), Value.i32(2)).traceDigest())
                .isEqualTo(Bytes.of(stream.array()).sha256());
    }

    @Test
    void storesAreInTheTraceWithAddressAndValue() {
        // i32.const 4, i64.const -1, i64.store; then i32.const 8, i32.const -1, i32.store8
        var body = ModuleWriter.octets(0x41, 4, 0x42, 0x7f, 0x37, 0, 0, 0x41, 8, 0x41, 0x7f, 0x3a, 0, 0);
        var bytes = new ModuleWriter()
                .section(1, 1, 0x60, 0, 0)
                .section(3, 1, 0)
                .section(5, 1, 0, 1)
                .section(7, 1, 1, 'f', 0, 0)
                .section(10, ModuleWriter.concat(ModuleWriter.octets(1, 16, 0), body, ModuleWriter.octets(0x0b)))
                .toBytes();
        var first = bytes.length - 1 - body.length;
        var stream = ByteBuffer.allocate(13 + 32 + 6 * 4 + 2 * 12).order(ByteOrder.LITTLE_ENDIAN);
        stream.put("vcp/trace/v1\0".getBytes(US_ASCII)).put(Sha256.of(bytes));
        stream.putInt(first).putInt(first + 2).putInt(first + 4).putInt(4).putLong(-1);
        stream.putInt(first + 7).putInt(first + 9).putInt(first + 11).putInt(8).putLong(0xffff_ffffL);

        assertThat(ENGINE.run(module(bytes), call("f")).traceDigest())
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
    void checkpointsAgreeUpToWhereTwoRunsDiffer() {
        var spin = run("hostile", call(WasmEngineTest.gas(5L << 20), "spin"));
        var shorter = run("hostile", call(WasmEngineTest.gas(3L << 20), "spin"));

        assertThat(spin.checkpointGas()).isEqualTo(1L << 20);
        assertThat(spin.checkpoints()).hasSize(5).doesNotHaveDuplicates();
        assertThat(shorter.checkpoints()).isEqualTo(spin.checkpoints().subList(0, 3));
        assertThat(shorter.traceDigest()).isEqualTo(shorter.checkpoints().getLast());
    }

    @Test
    void thereAreNeverMoreThan1024Checkpoints() {
        for (var gas : new long[] {1, 1L << 20, 1L << 30, (1L << 30) + (1L << 20), 10_000_000_000L, 1L << 53}) {
            var interval = Checkpoints.interval(gas);
            assertThat(gas / interval).isLessThanOrEqualTo(1_024);
            assertThat(Long.bitCount(interval)).isEqualTo(1);
        }
        assertThat(Checkpoints.interval(10_000_000_000L)).isEqualTo(1L << 24);
    }
}
