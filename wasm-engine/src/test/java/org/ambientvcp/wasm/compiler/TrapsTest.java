package org.ambientvcp.wasm.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.wasm.machine.HostCall;
import org.ambientvcp.wasm.machine.Traps;
import org.junit.jupiter.api.Test;

class TrapsTest {
    private static final TestModule TRAPS = TestModule.read("traps");
    private static final int[] ARGUMENTS = {0, 1, 2, 3, 4, 5, 100, 65_536, -1, Integer.MIN_VALUE};
    private static final HostCall FAIL = arguments -> {
        if ((int) arguments[0] == 1) throw Traps.trap("the host says no");
        if ((int) arguments[0] == 2) throw new IndexOutOfBoundsException("the host's own");
        return new long[0];
    };

    private static TestModule.Run run(String function, long argument) {
        return TRAPS.run(TestModule.GAS, List.of(FAIL), function, argument);
    }

    /// That the interpreter's gas and path are the same is asserted by [TestModule].
    @Test
    void gasAndPathAreRightHoweverARunEnds() {
        for (var function : TRAPS.exports().keySet()) for (var argument : ARGUMENTS) run(function, argument);
    }

    @Test
    void trapsHaveTheirNames() {
        assertThat(run("unreachable", 1).ending()).isEqualTo(Traps.UNREACHABLE);
        assertThat(run("load", 1).ending()).isEqualTo(Traps.MEMORY);
        assertThat(run("store", 1).ending()).isEqualTo(Traps.MEMORY);
        assertThat(run("far", 0).ending()).isEqualTo(Traps.MEMORY);
        assertThat(run("divide", 1).ending()).isEqualTo(Traps.DIVIDE_BY_ZERO);
        assertThat(run("overflow", 1).ending()).isEqualTo(Traps.INTEGER_OVERFLOW);
        assertThat(run("convert", 0).ending()).isEqualTo(Traps.CONVERSION);
        assertThat(run("convert", 1).ending()).isEqualTo(Traps.INTEGER_OVERFLOW);
        assertThat(run("callee", 0).ending()).isEqualTo(Traps.DIVIDE_BY_ZERO);
        assertThat(run("callee", 4).ending()).isEqualTo(Traps.UNREACHABLE);
        assertThat(run("element", 0).ending()).isEqualTo(Traps.UNINITIALIZED_ELEMENT);
        assertThat(run("element", 4).ending()).isEqualTo(Traps.UNDEFINED_ELEMENT);
        assertThat(run("signature", 1).ending()).isEqualTo(Traps.SIGNATURE);
        assertThat(run("get", 4).ending()).isEqualTo(Traps.TABLE);
        assertThat(run("fill", 100).ending()).isEqualTo(Traps.MEMORY);
        assertThat(run("host", 1).ending()).isEqualTo("the host says no");
        assertThat(run("host", 2).ending()).isEqualTo(Traps.MEMORY);
    }

    @Test
    void whatTrapsForSomeRunsForOthers() {
        assertThat(run("unreachable", 0).results()).containsExactly(1L);
        assertThat(run("load", 0).results()).containsExactly(1L);
        assertThat(run("divide", 0).results()).containsExactly(0L);
        assertThat(run("callee", 3).results()).containsExactly(35L);
        assertThat(run("element", 1).results()).containsExactly(5L);
        assertThat(run("host", 0).results()).containsExactly(2L);
        assertThat(run("grow", 1).results()).containsExactly(1L);
        assertThat(run("grow", 2).results()).containsExactly(0xffff_ffffL);
    }
}
