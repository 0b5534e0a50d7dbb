package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.code.Kind;
import org.ambientvcp.wasm.code.ModuleCode;
import org.ambientvcp.wasm.code.Op;
import org.ambientvcp.wasm.code.Signature;
import org.junit.jupiter.api.Test;

class CompiledModuleTest {
    private static final int THREADS = 4;

    @Test
    void whatIsNotCalledIsNotCompiled() {
        var module = TestModule.read("values", 1, MethodLimit.MOST_BYTES);
        assertThat(module.compiled().compiledUnits()).isEmpty();

        module.run("nan32");

        assertThat(module.compiled().compiledUnits()).hasSize(1);
    }

    @Test
    void functionsOfOneClassAreCompiledTogether() {
        var module = TestModule.read("values");

        module.run("nan32");
        module.run("wait", 1);

        assertThat(module.compiled().compiledUnits()).hasSize(1);
    }

    @Test
    void oneModuleRunsOnManyThreadsAndIsCompiledOnce() throws Exception {
        var module = TestModule.read("loops", 1, MethodLimit.MOST_BYTES);
        var expected = module.run(module.interpreter(), 1L << 40, List.of(), "nested", 0, 4_000);
        var start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var runs = Collections.nCopies(THREADS, (java.util.concurrent.Callable<TestModule.Run>) () -> {
                start.await();
                return module.run(module.compiled(), 1L << 40, List.of(), "nested", 0, 4_000);
            });

            for (var run : threads.invokeAll(runs)) assertThat(run.get()).isEqualTo(expected);
        }
        assertThat(module.compiled().compiledUnits()).hasSize(1);
    }

    /// A class is unloaded when nothing holds it any more: neither the module that is gone nor anything of ours.
    @Test
    void theClassesGoWithTheModule() throws InterruptedException {
        var types = typesOfAModule();

        for (var i = 0; i < 100 && types.stream().anyMatch(type -> type.get() != null); i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(types).isNotEmpty().allMatch(type -> type.get() == null);
    }

    private static List<WeakReference<Class<?>>> typesOfAModule() {
        var module = TestModule.read("calls", 1, MethodLimit.MOST_BYTES);
        var hosts = CallsTest.HOSTS;
        module.run(module.compiled(), TestModule.GAS, hosts, "nest", 4, 5);
        module.run(module.compiled(), TestModule.GAS, hosts, "indirect", 1, 5, 6);
        var types = new ArrayList<WeakReference<Class<?>>>();
        for (var unit : module.compiled().compiledUnits())
            types.add(new WeakReference<>(unit.functions().getClass()));
        return types;
    }

    @Test
    void functionsTooLongForAMethodAreInterpreted() {
        for (var additions : new int[] {10, 3_000, 40_000}) {
            var module = sum(additions, List.of(Kind.I64));

            assertThat(module.results("test", 5)).containsExactly(5L + additions);
            assertThat(isCompiled(module)).isEqualTo(additions < 20_000);
        }
    }

    @Test
    void functionsThatHotSpotWouldLeaveAreInterpreted() {
        var module = sum(4_500, List.of(Kind.I64), MethodLimit.HUGE_BYTES);

        assertThat(module.results("test", 5)).containsExactly(4_505L);
        assertThat(isCompiled(module)).isFalse();
    }

    @Test
    void functionsWithMoreArgumentsThanAMethodAreInterpreted() {
        for (var count : new int[] {100, 124, 125, 128}) {
            var parameters = Collections.nCopies(count, Kind.I64);
            var module = sum(3, parameters);
            var arguments = new long[count];
            arguments[0] = 77;

            assertThat(module.results("test", arguments)).containsExactly(80L);
            assertThat(isCompiled(module)).isEqualTo(count <= 124);
        }
    }

    @Test
    void functionsWithTooManyLocalsAreInterpreted() {
        var module = sum(3, Collections.nCopies(1, Kind.I64), MethodLimit.MOST_BYTES, 50_000);

        assertThat(module.results("test", 1)).containsExactly(4L);
        assertThat(isCompiled(module)).isFalse();
    }

    private static boolean isCompiled(TestModule module) {
        return !module.compiled().unit(0).interpreted().get(0);
    }

    private static TestModule sum(int additions, List<Kind> parameters) {
        return sum(additions, parameters, MethodLimit.MOST_BYTES);
    }

    private static TestModule sum(int additions, List<Kind> parameters, int mostBytes) {
        return sum(additions, parameters, mostBytes, 0);
    }

    /// A function that adds 1 to its first parameter again and again.
    private static TestModule sum(int additions, List<Kind> parameters, int mostBytes, int moreLocals) {
        var code = new int[3 + 2 + 4 * additions + 1];
        System.arraycopy(new int[] {Op.METER_CHECK, 1, 0, Op.LOCAL_GET, 0}, 0, code, 0, 5);
        for (var i = 0; i < additions; i++)
            System.arraycopy(new int[] {Op.I64_CONST, 1, 0, 0x7c}, 0, code, 5 + 4 * i, 4);
        code[code.length - 1] = Op.RETURN;
        var signature = new Signature(parameters, List.of(Kind.I64));
        var locals = new ArrayList<>(parameters);
        locals.addAll(Collections.nCopies(moreLocals, Kind.F64));
        var function = new FunctionCode(0, signature, locals, code, 2, false);
        var module = new ModuleCode(
                List.of(signature),
                new int[1],
                List.of(),
                List.of(function),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                -1,
                Map.of());
        return TestModule.of(module, new HashMap<>(Map.of("test", 0)), 1 << 13, mostBytes);
    }
}
