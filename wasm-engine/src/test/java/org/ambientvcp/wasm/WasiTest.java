package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.Modules.program;
import static org.ambientvcp.wasm.Modules.run;
import static org.ambientvcp.wasm.Modules.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HexFormat;
import org.ambientvcp.wasm.host.WasiTypes;
import org.junit.jupiter.api.Test;

class WasiTest {
    @Test
    void anOrdinaryProgramRuns() {
        var execution = run("program", program("to be or\nnot to be", "first", "zwölf"));

        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(text(execution.stderr())).isEqualTo("done\n");
        assertThat(text(execution.output())).isEqualTo("""
            argument 0: program
            argument 1: first
            argument 2: zwölf
            6 words, 18 bytes, pi is 3.141593
            time 1750000000
            """ + random() + """

            home is not set, a file is not there
            """);
    }

    @Test
    void aComputationAgreesWithJava() {
        var execution = run("sha256", program("", "2"));

        assertThat(text(execution.output()).strip())
                .isEqualTo(Bytes.of(new byte[2_048]).sha256());
    }

    @Test
    void anExitEndsTheRunWithItsCode() {
        var execution = run("wasi", "exit", Value.i32(-7));

        assertThat(execution.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(execution.exitCode()).isEqualTo(-7);
        assertThat(execution.values()).isEmpty();
    }

    @Test
    void argumentsThatNoProgramCanGetAreInvalid() {
        WasmEngineTest.assertInvalid("an argument contains NUL", run("program", program("", "a\0b")));
        WasmEngineTest.assertInvalid(
                "more than 65536 bytes of arguments", run("program", program("", "a".repeat(65_536))));
        WasmEngineTest.assertInvalid(
                "more than 1024 arguments",
                run("program", program("", Collections.nCopies(1_025, "a").toArray(String[]::new))));
    }

    @Test
    void writesGoToOutputOrStandardErrorOnly() {
        assertThat(numbers("write", 1, 0, 8)).containsExactly(0, 8);
        assertThat(run("wasi", "write", Value.i32(1), Value.i32(0), Value.i32(8))
                        .output()
                        .size())
                .isEqualTo(8);
        var loud = run("wasi", "write", Value.i32(2), Value.i32(0), Value.i32(5_000));
        assertThat(loud.values()).containsExactly(Value.i32(0), Value.i32(5_000));
        assertThat(loud.stderr().size()).isEqualTo(4_096);
        assertThat(loud.output()).isEqualTo(Bytes.EMPTY);
        assertThat(numbers("write", 0, 0, 8)).containsExactly(WasiTypes.BADF, 0);
        assertThat(numbers("write", 3, 0, 8)).containsExactly(WasiTypes.BADF, 0);
    }

    @Test
    void badPointersAreErrorNumbers() {
        assertThat(numbers("write", 1, 65_530, 8)).containsExactly(WasiTypes.FAULT, 0);
        assertThat(numbers("write", 1, 0, -1)).containsExactly(WasiTypes.FAULT, 0);
        assertThat(numbers("write-vectors", 100_000)).containsExactly(WasiTypes.INVAL);
        assertThat(numbers("write-vectors", -1)).containsExactly(WasiTypes.INVAL);
        assertThat(numbers("fdstat", 1, -8)).containsExactly(WasiTypes.FAULT);
    }

    @Test
    void whatThereIsNotHasItsErrorNumber() {
        assertThat(numbers("seek", 0)).containsExactly(WasiTypes.SPIPE);
        assertThat(numbers("seek", 9)).containsExactly(WasiTypes.BADF);
        assertThat(numbers("prestat", 3)).containsExactly(WasiTypes.BADF);
        assertThat(numbers("close", 1)).containsExactly(WasiTypes.SUCCESS);
        assertThat(numbers("close", -1)).containsExactly(WasiTypes.BADF);
        assertThat(numbers("fdstat", 0, 64)).containsExactly(WasiTypes.SUCCESS);
        assertThat(numbers("fdstat", 4, 64)).containsExactly(WasiTypes.BADF);
        assertThat(numbers("poll")).containsExactly(WasiTypes.NOSYS);
    }

    @Test
    void theInputIsReadOnceFromStandardInput() {
        var input = Bytes.of(new byte[7]);
        var entry = new Entry.Call("read-twice", Value.i32(5));

        var execution = run("wasi", new Invocation(entry, input, Modules.LIMITS, Modules.NOON, Modules.SEED));

        assertThat(execution.values()).containsExactly(Value.i32(5), Value.i32(2));
    }

    @Test
    void everyClockStandsAtTheTasksTime() {
        var time = Value.i64(Modules.NOON * 1_000_000);
        assertThat(run("wasi", "clock", Value.i32(0)).values()).containsExactly(Value.i32(0), time);
        assertThat(run("wasi", "clock", Value.i32(1)).values()).containsExactly(Value.i32(0), time);
        assertThat(run("wasi", "clock", Value.i32(4)).values())
                .containsExactly(Value.i32(WasiTypes.INVAL), Value.i64(0));
    }

    @Test
    void randomBytesAreTheSeedsCounterStream() {
        var expected = ByteBuffer.wrap(Sha256.of(new byte[40])).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(run("wasi", "random").values())
                .containsExactly(Value.i32(0), Value.i64(expected.getLong()), Value.i64(expected.getLong()));
    }

    private static String random() {
        return HexFormat.of().formatHex(Sha256.of(new byte[40]), 0, 8);
    }

    private static Integer[] numbers(String function, int... arguments) {
        var values = new Value[arguments.length];
        for (var i = 0; i < values.length; i++) values[i] = Value.i32(arguments[i]);
        return run("wasi", function, values).values().stream()
                .map(value -> (int) value.bits())
                .toArray(Integer[]::new);
    }
}
