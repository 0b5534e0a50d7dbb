package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.ambientvcp.wasm.code.FunctionCode;
import org.ambientvcp.wasm.machine.Executor;
import org.ambientvcp.wasm.machine.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the interpreter works with the JVM, with another executor, and with a listener.
class InterpreterTest {
    /// HotSpot leaves a longer method to its own interpreter forever.
    private static final int MOST_BYTES = 8_000;

    @Test
    void everyMethodIsShortEnoughToBeCompiledByTheJvm() throws IOException {
        var lengths = new ArrayList<Integer>();
        try (var stream = Interpreter.class.getResourceAsStream("Interpreter.class")) {
            var bytes = Objects.requireNonNull(stream).readAllBytes();
            for (var method : ClassFile.of().parse(bytes).methods())
                method.findAttribute(Attributes.code()).ifPresent(code -> lengths.add(code.codeLength()));
        }

        assertThat(lengths)
                .hasSizeGreaterThan(3)
                .allSatisfy(length -> assertThat(length).isLessThan(MOST_BYTES));
    }

    /// Every second call goes to another interpreter.
    private static final class Mixed implements Executor {
        private final Executor one;
        private final Executor other;
        private final AtomicInteger calls = new AtomicInteger();

        Mixed(TestModule module) {
            this.one = new Interpreter(module.code());
            this.other = new Interpreter(module.code());
        }

        @Override
        public void call(Instance instance, int function, int base, int room) {
            (calls.incrementAndGet() % 2 == 0 ? one : other).call(instance, function, base, room);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "control, even, 9001",
        "control, depth, 3000",
        "control, forever, 0",
        "memory, grow in a callee, 0",
        "gas, trap in a callee, 5",
        "tables, grow and call, 0"
    })
    void callsGoThroughTheExecutorOfTheInstance(String name, String function, long argument) {
        var module = TestModule.of(name);
        var mixed = new Mixed(module);

        var alone = module.call(function, argument);
        var both = module.call(module.code(), mixed, TestModule.GAS, function, argument);

        assertThat(both.outcome()).isEqualTo(alone.outcome());
        assertThat(both.results()).isEqualTo(alone.results());
        assertThat(both.gasUsed()).isEqualTo(alone.gasUsed());
        assertThat(both.path()).isEqualTo(alone.path());
        assertThat(mixed.calls.get()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "control, even, 901",
        "control, table, 2",
        "control, forever, 0",
        "control, unreachable, 0",
        "memory, grow in a callee, 0",
        "gas, trap in a callee, 5",
        "nan, stored f32, 0",
        "tables, grow and call, 0"
    })
    void codeWithStepsDoesTheSameWithAndWithoutAListener(String name, String function, long argument) {
        var module = TestModule.of(name);
        var listener = new Counter();

        var plain = module.call(function, argument);
        var stepped =
                module.call(module.stepped(), new Interpreter(module.stepped()), TestModule.GAS, function, argument);
        var watched = module.call(
                module.stepped(), new Interpreter(module.stepped(), listener), TestModule.GAS, function, argument);

        for (var run : new TestModule.Run[] {stepped, watched}) {
            assertThat(run.outcome()).isEqualTo(plain.outcome());
            assertThat(run.reason()).isEqualTo(plain.reason());
            assertThat(run.results()).isEqualTo(plain.results());
            assertThat(run.gasUsed()).isEqualTo(plain.gasUsed());
            assertThat(run.path()).isEqualTo(plain.path());
        }
        assertThat(listener.steps).isPositive();
    }

    @Test
    void everyStepIsOneGasWhereNothingCostsMore() {
        var module = TestModule.of("control");
        var listener = new Counter();

        var run =
                module.call(module.stepped(), new Interpreter(module.stepped(), listener), TestModule.GAS, "even", 901);

        assertThat(listener.steps).isEqualTo(run.gasUsed());
        assertThat(listener.depth).isZero();
        assertThat(listener.deepest).isEqualTo(902);
        assertThat(listener.functions).hasSize(2);
    }

    private static final class Counter implements StepListener {
        private final HashSet<FunctionCode> functions = new HashSet<>();
        private long steps;
        private int depth;
        private int deepest;

        @Override
        public void entered(Instance instance, FunctionCode function, int base) {
            functions.add(function);
            deepest = Math.max(deepest, ++depth);
        }

        @Override
        public void step(Instance instance, FunctionCode function, int offset, int base, int top) {
            assertThat(offset).isPositive();
            assertThat(top).isBetween(base + function.locals().size(), instance.stack.length);
            steps++;
        }

        @Override
        public void left() {
            depth--;
        }
    }
}
