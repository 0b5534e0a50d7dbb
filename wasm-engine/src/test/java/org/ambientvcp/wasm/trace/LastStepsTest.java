package org.ambientvcp.wasm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.ambientvcp.wasm.interpreter.TestModule;
import org.junit.jupiter.api.Test;
import run.endive.wasm.Parser;

class LastStepsTest {
    @Test
    void showsTheWayToATrap() {
        var steps =
                TracedRun.of("steps", "floats", Double.doubleToRawLongBits(0.5)).lastSteps(100);

        assertThat(steps.lines())
                .containsExactly(
                        "0  floats  0xfb  local.get 0",
                        "1  floats  0xfd  f64.const 0.25",
                        "2  floats  0x106  f64.add  (0.5, 0.25)",
                        "3  floats  0x107  f32.demote_f64  (0.75)",
                        "4  floats  0x108  local.set 1  (0.75)",
                        "5  floats  0x10a  i32.const -1",
                        "6  floats  0x10c  f32.const 1.5",
                        "7  floats  0x111  f32.store offset=0  (-1, 1.5)");
        assertThat(steps.callStack()).containsExactly("floats  0x111");
    }

    @Test
    void keepsOnlyTheLast() {
        var steps = TracedRun.of("steps", "work", 2).lastSteps(4);

        assertThat(steps.lines())
                .containsExactly(
                        "58  work  0xdc  global.set 0  (2654356959)",
                        "59  work  0xde  local.get 0",
                        "60  work  0xe0  br_if 0  (0)",
                        "61  work  0xe3  global.get 0");
        assertThat(steps.count()).isEqualTo(62);
        assertThat(steps.callStack()).as("the run returned").isEmpty();
    }

    @Test
    void showsImmediatesAndOperandsOfEveryKindOfInstruction() {
        var lines = TracedRun.of("steps", "many", 1).lastSteps(100).lines();

        assertThat(lines.stream()
                        .map(line -> line.replaceFirst("^\\d+  function 5  0x\\w+  |^\\d+  many  0x\\w+  ", "")))
                .containsExactly(
                        "i64.const -5",
                        "local.get 1",
                        "local.get 0",
                        "select  (0x1)",
                        "local.set 1  (-5)",
                        "local.get 0",
                        "br_table  (1)",
                        "f64.const -0.5",
                        "drop  (0xbfe0000000000000)",
                        "i32.const 1",
                        "memory.grow  (1)",
                        "drop  (0x1)",
                        "i32.const 0",
                        "i32.const 255",
                        "i32.const 4",
                        "memory.fill  (0, 255, 4)",
                        "i32.const 0",
                        "ref.null",
                        "table.set 0  (0, -1)",
                        "memory.size");
        assertThat(TracedRun.of("steps", "work", 1).lastSteps(100).lines())
                .anySatisfy(line -> assertThat(line).endsWith("  call square  (0)"))
                .anySatisfy(line -> assertThat(line).endsWith("  call_indirect type 0  (0)"))
                .anySatisfy(line -> assertThat(line).endsWith("  i32.store offset=64  (0, 0)"));
    }

    @Test
    void showsTheCallStackAndOfADeepOneItsEnds() {
        assertThat(TracedRun.of("steps", "down", 2).lastSteps(1).callStack())
                .containsExactly("down  0xed", "down  0xf4", "down  0xf4");

        var deep = TracedRun.of("steps", "down", 99).lastSteps(1).callStack();

        assertThat(deep).hasSize(33).endsWith("down  0xf4");
        assertThat(deep.get(0)).isEqualTo("down  0xed");
        assertThat(deep.get(16)).isEqualTo("… 68 more …");
    }

    @Test
    void namesEveryNumericInstruction() {
        var module = TestModule.of("numeric");
        var parsed = Parser.parse(module.bytes());

        for (var i = 0; i < parsed.exportSection().exportCount(); i++) {
            var name = parsed.exportSection().getExport(i).name();
            var last = new TracedRun(module, name, 1).lastSteps(1).lines().getFirst();
            assertThat(last).contains("  " + name + "  (").doesNotContainPattern("\\(.*,.*,");
        }
    }

    @Test
    void localsBehindAVectorHaveTheirOwnKind() {
        assertThat(TracedRun.of("steps", "vectors", 21).lastSteps(100).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("  local.get 0"),
                        line -> assertThat(line).endsWith("  i32x4.splat"),
                        line -> assertThat(line).contains("  local.set 1  ("),
                        line -> assertThat(line).endsWith("  local.get 1"),
                        line -> assertThat(line).endsWith("  local.get 1"),
                        line -> assertThat(line).endsWith("  i32x4.add"),
                        line -> assertThat(line).endsWith("  i32x4.extract_lane"),
                        line -> assertThat(line).endsWith("  local.set 2  (42)"));
    }

    @Test
    void namesEveryLoadAndStore() {
        for (var type : new String[] {"i32", "i64", "f32", "f64"})
            for (var name : new String[] {type + ".load", type + ".store"}) {
                var last = TracedRun.of("memory", name, 70_000)
                        .lastSteps(1)
                        .lines()
                        .getFirst();
                assertThat(last).contains(name.toLowerCase(Locale.ROOT) + " offset=8  (70000");
            }
    }

    @Test
    void keepsAtLeastOneStep() {
        var module = TestModule.of("steps");

        assertThatThrownBy(() -> new LastSteps(module.bytes(), module.stepped(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
