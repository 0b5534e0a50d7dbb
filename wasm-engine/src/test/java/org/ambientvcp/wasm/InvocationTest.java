package org.ambientvcp.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InvocationTest {
    @Test
    void limitsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new RunLimits(32_768, 1, 1, 0)).hasMessage("memoryPages is not 0–32767: 32768");
        assertThatThrownBy(() -> new RunLimits(0, 0, 1, 0)).hasMessage("gas is not 1–9007199254740992: 0");
        assertThatThrownBy(() -> new RunLimits(0, 1, 0, 0)).hasMessage("wallMillis is not 1–86400000: 0");
        assertThatThrownBy(() -> new RunLimits(0, 1, 1, -1)).hasMessage("outputBytes is not 0–1073741824: -1");
    }

    @Test
    void theSeedHas32Bytes() {
        assertThatThrownBy(() ->
                        new Invocation(new Entry.Program(), Bytes.EMPTY, RunLimits.DEFAULT, 0, Bytes.of(new byte[31])))
                .hasMessage("randomSeed is not 32 bytes: 31");
    }

    @Test
    void valuesKeepTheBitsOfTheirTypeOnly() {
        assertThat(new Value(ValueType.I32, -1).bits()).isEqualTo(0xffff_ffffL);
        assertThat(new Value(ValueType.I32, -1)).isEqualTo(Value.i32(-1));
        assertThat(Value.i64(-1).bits()).isEqualTo(-1);
        assertThat(Value.f32(-0f).bits()).isEqualTo(0x8000_0000L);
    }

    @Test
    void bytesAreCopiedInAndOut() {
        var array = new byte[] {1, 2, 3};
        var bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes).isEqualTo(Bytes.of((byte) 1, (byte) 2, (byte) 3)).hasToString("Bytes[010203]");
    }
}
