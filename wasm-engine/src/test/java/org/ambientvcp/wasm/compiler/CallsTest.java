package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.spec.Engines;
import org.junit.jupiter.api.Test;

class CallsTest {
    /// Adds its i32, i64, f32 and f64.
    private static final HostCall ADD = arguments -> new long[] {
        (int) arguments[0]
                + arguments[1]
                + (long) Float.intBitsToFloat((int) arguments[2])
                + (long) Double.longBitsToDouble(arguments[3])
    };
    private static final HostCall SWAP = arguments -> new long[] {arguments[1], arguments[0]};
    static final List<HostCall> HOSTS = List.of(ADD, SWAP);

    private static final TestModule CALLS = TestModule.read("calls");

    private static List<Long> results(TestModule module, String function, long... arguments) {
        var run = module.run(TestModule.GAS, HOSTS, function, arguments);
        assertThat(run.ending()).isEqualTo("completed");
        return run.results();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @Test
    void indirectCallsReachEveryFunctionOfATable() {
        assertThat(results(CALLS, "indirect", 1, 6, 3)).containsExactly(9L);
        assertThat(results(CALLS, "indirect", 2, 6, 3)).containsExactly(3L);
        assertThat(results(CALLS, "indirect", 7, 6, 3)).containsExactly(48L);
        for (var element = 8; element <= 22; element++)
            assertThat(results(CALLS, "indirect", element, 0, 0)).containsExactly(element - 1L);
    }

    @Test
    void indirectCallsTrapAsTheInterpreterDoes() {
        assertThat(CALLS.run(TestModule.GAS, HOSTS, "indirect", 0, 1, 1).ending())
                .isEqualTo("uninitialized element");
        assertThat(CALLS.run(TestModule.GAS, HOSTS, "indirect", 24, 1, 1).ending())
                .isEqualTo("indirect call type mismatch");
        assertThat(CALLS.run(TestModule.GAS, HOSTS, "indirect", 64, 1, 1).ending())
                .isEqualTo("undefined element");
    }

    @Test
    void indirectCallsReachHostFunctionsAndThoseThatNoSegmentHas() {
        assertThat(results(CALLS, "indirect_host", 1, 2, Float.floatToRawIntBits(3), bits(4)))
                .containsExactly(10L);
        assertThat(results(CALLS, "indirect_hidden", 5, 6)).containsExactly(5_006L);
    }

    @Test
    void functionsCallThemselves() {
        assertThat(results(CALLS, "fib", 15)).containsExactly(610L);
        assertThat(Engines.onDeepStack(() -> results(CALLS, "deep", 5_000))).containsExactly(5_000L);
    }

    @Test
    void severalResultsComeBackInOrder() {
        assertThat(results(CALLS, "several", 1, 2, bits(3))).containsExactly(bits(4), 3L, 2L);
    }

    @Test
    void hostFunctionsGetTheirArguments() {
        assertThat(results(CALLS, "host", -1, 20, Float.floatToRawIntBits(300), bits(4_000)))
                .containsExactly(4_320L);
        assertThat(results(CALLS, "host_swap", -1, 1L << 40)).containsExactly(1L << 40, 0xffff_ffffL);
    }

    @Test
    void theMemoryThatACalleeHasGrownIsTheOneThatIsUsed() {
        assertThat(results(CALLS, "grown")).containsExactly(2_085L);
    }

    @Test
    void compiledInterpretedAndHostFunctionsNest() {
        var mixed = TestModule.read("calls", 1, 180);

        for (var depth = 0; depth < 40; depth++)
            assertThat(results(mixed, "nest", depth, 123_456_789))
                    .isEqualTo(results(CALLS, "nest", depth, 123_456_789));

        assertThat(interpreted(mixed))
                .isGreaterThan(0)
                .isLessThan(mixed.code().functions().size());
    }

    private static int interpreted(TestModule module) {
        return module.compiled().compiledUnits().stream()
                .mapToInt(unit -> unit.interpreted().cardinality())
                .sum();
    }

    @Test
    void everyFunctionMayBeInterpreted() {
        var interpreted = TestModule.read("calls", 1, 0);

        assertThat(results(interpreted, "nest", 7, 5)).isEqualTo(results(CALLS, "nest", 7, 5));
        assertThat(results(interpreted, "several", 1, 2, bits(3))).containsExactly(bits(4), 3L, 2L);
        assertThat(results(interpreted, "grown")).containsExactly(2_085L);
    }

    @Test
    void endlessRecursionEndsWithoutOverflowingTheStack() {
        for (var module : List.of(CALLS, TestModule.read("calls", 1, 200))) {
            for (var i = 0; i < 3; i++) {
                var run = Engines.onDeepStack(() -> module.run(1L << 40, HOSTS, "bottomless", bits(1), 1));

                assertThat(run.ending()).isEqualTo("call stack exhausted");
            }
        }
    }
}
