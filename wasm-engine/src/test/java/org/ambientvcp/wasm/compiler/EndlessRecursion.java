package org.ambientvcp.wasm.compiler;

import java.util.List;
import org.ambientvcp.wasm.spec.Engines;

/// A program that runs endless recursion on a stack as deep as a run's, for a JVM of its own.
final class EndlessRecursion {
    private static final long GAS = 1L << 40;

    private EndlessRecursion() {}

    /// Prints how each run ends: compiled, half compiled and half interpreted.
    static void main(String[] arguments) {
        for (var mostBytes : List.of(MethodLimit.MOST_BYTES, 150)) {
            var module = TestModule.read("calls", 1, mostBytes);
            var run = Engines.onDeepStack(() -> {
                var compiled = module.compiled();
                module.run(compiled, GAS, CallsTest.HOSTS, "endless", 1, 2);
                return module.run(compiled, GAS, CallsTest.HOSTS, "endless", 1, 2);
            });
            System.out.println(run.ending());
        }
    }
}
