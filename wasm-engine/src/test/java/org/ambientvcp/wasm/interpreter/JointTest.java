package org.ambientvcp.wasm.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ambientvcp.wasm.code.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JointTest {
    private static final TestModule MODULE = TestModule.of("joint");

    static List<String> names() {
        return Arrays.stream(Joint.class.getDeclaredFields())
                .filter(field -> field.getType() == int.class)
                .map(field -> field.getName())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesWhatTheInstructionsDoOneByOne(String name) {
        long[] operands = {0, 1, 7, 0x7fff_ffff, 0x8000_0000L, 0xffff_fff0L, 0x1234_5678, 0xffff_ffff_0000_0005L};

        for (var first : operands)
            for (var second : operands) {
                var joint = MODULE.call(name, first, second);
                var single = MODULE.call(
                        MODULE.stepped(), new Interpreter(MODULE.stepped()), TestModule.GAS, name, first, second);
                assertThat(joint.results()).isEqualTo(single.results());
                assertThat(joint.gasUsed()).isEqualTo(single.gasUsed());
                assertThat(joint.instance().memory).isEqualTo(single.instance().memory);
            }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isInTheFunctionThatIsToTestIt(String name) throws ReflectiveOperationException {
        var code = MODULE.function(name).code();

        var joint = Joint.code(code);

        var replaced = new ArrayList<Integer>();
        for (var at = 0; at < code.length; at++) if (joint[at] != code[at]) replaced.add(joint[at]);
        assertThat(replaced).contains(Joint.class.getDeclaredField(name).getInt(null));
    }

    @Test
    void isNoInstructionOfTheFlatCode() throws ReflectiveOperationException {
        for (var name : names()) {
            var op = Joint.class.getDeclaredField(name).getInt(null);
            assertThat(op).isBetween(Op.LAST_NUMERIC + 1, Op.FIRST_SATURATING - 1);
        }
        assertThat(names()).hasSize(21);
    }

    @Test
    void leavesCodeWithStepsAsItIs() {
        for (var function : MODULE.stepped().functions())
            assertThat(Joint.code(function.code())).isEqualTo(function.code());
    }
}
