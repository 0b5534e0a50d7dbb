package org.ambientvcp.wasm;

import static org.ambientvcp.wasm.ModuleWriter.concat;
import static org.ambientvcp.wasm.ModuleWriter.number;
import static org.ambientvcp.wasm.ModuleWriter.octets;
import static org.ambientvcp.wasm.ModuleWriter.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/// What a module says of lengths is checked before the parser makes room for them.
class LengthScanTest {
    private static final byte[] GIGABYTE = number(1 << 30);

    @Test
    void namesAreWithinTheirSections() {
        assertThat(refusal(7, concat(octets(1), GIGABYTE, octets('f', 0, 0))))
                .isEqualTo("malformed: a name is longer than its section");
        assertThat(refusal(2, concat(octets(1), GIGABYTE, octets('m', 1, 'n', 0, 0))))
                .isEqualTo("malformed: a name is longer than its section");
        assertThat(refusal(2, concat(octets(1, 1, 'm'), GIGABYTE, octets('n', 0, 0))))
                .isEqualTo("malformed: a name is longer than its section");
        assertThat(refusal(0, concat(GIGABYTE, octets('n')))).isEqualTo("malformed: a name is longer than its section");
    }

    @Test
    void theSecondNameBehindEveryKindOfImportIsLookedAt() {
        int[][] descriptions = {{0, 0}, {1, 0x70, 0, 1}, {1, 0x6f, 1, 1, 2}, {2, 0, 1}, {2, 1, 1, 2}, {3, 0x7f, 0}};
        for (var description : descriptions) {
            var first = concat(octets(2, 1, 'm', 1, 'n'), octets(description));

            assertThat(refusal(2, concat(first, GIGABYTE, octets('m'))))
                    .isEqualTo("malformed: a name is longer than its section");
        }
    }

    @Test
    void segmentsAreWithinTheirSections() {
        int[][] data = {{1, 1}, {1, 0, 0x41, 0, 0x0b}, {1, 2, 0, 0x41, 0, 0x0b}};
        for (var segment : data)
            assertThat(refusal(11, concat(octets(segment), GIGABYTE, octets('x'))))
                    .isEqualTo("malformed: a data segment is longer than its section");
        int[][] elements = {
            {1, 0, 0x41, 0, 0x0b},
            {1, 1, 0},
            {1, 2, 0, 0x41, 0, 0x0b, 0},
            {1, 3, 0},
            {1, 4, 0x41, 0, 0x0b},
            {1, 5, 0x70},
            {1, 6, 0, 0x41, 0, 0x0b, 0x70},
            {1, 7, 0x70},
            {2, 5, 0x6f, 2, 0xd0, 0x6f, 0x0b, 0xd2, 0, 0x0b, 1, 0}
        };
        for (var segment : elements)
            assertThat(refusal(9, concat(octets(segment), GIGABYTE, octets(0))))
                    .isEqualTo("malformed: a list of references is longer than its section");
    }

    @Test
    void whatBecomesAnObjectEachIsCounted() {
        var segments = concat(number(LengthScan.DATA_SEGMENTS + 1), repeat(1, 2 * LengthScan.DATA_SEGMENTS));
        assertThat(refusal(11, segments)).isEqualTo("more than 100000 data segments");
        var offset = concat(octets(1, 0), repeat(0x1a, LengthScan.OFFSET_BYTES), octets(0x0b, 0));
        assertThat(refusal(11, offset)).isEqualTo("more than 1048576 bytes in offsets of data segments");
        var customs = new ModuleWriter();
        for (var count = 0; count <= ModuleScan.CUSTOM_SECTIONS; count++) customs.section(0, 0);
        assertThat(((Compilation.Refused) WasmModule.compile(customs.toBytes())).reason())
                .isEqualTo("more than 1000 custom sections");
    }

    @Test
    void namesOfFunctionsAreNoReasonToRefuseAModule() {
        var lie = concat(octets(4, 'n', 'a', 'm', 'e', 1, 9, 1, 0), GIGABYTE, octets('x', 'y'));

        assertThat(WasmModule.compile(new ModuleWriter().section(0, lie).toBytes()))
                .isInstanceOf(Compilation.Compiled.class);
    }

    /// The parser's own reader of names would put each before all others.
    @Test
    void anyNumberOfNamesIsTakenInTime() {
        var names = new ByteArrayOutputStream();
        for (var function = 600_000; function > 0; function--) names.writeBytes(concat(number(function), octets(0)));
        var content = concat(number(600_000), names.toByteArray());
        var section = concat(octets(4, 'n', 'a', 'm', 'e', 1), number(content.length), content);

        assertThat(WasmModule.compile(new ModuleWriter().section(0, section).toBytes()))
                .isInstanceOf(Compilation.Compiled.class);
    }

    private static String refusal(int id, byte[] section) {
        var compilation =
                WasmModule.compile(new ModuleWriter().section(id, section).toBytes());
        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        return ((Compilation.Refused) compilation).reason();
    }
}
