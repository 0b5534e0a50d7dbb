package org.ambientvcp.wasm.hostile;

import java.util.List;
import org.ambientvcp.wasm.fuzz.Binary;

/// Modules that claim one thing and do another.
final class LyingModules {
    private static final int[] NOTHING = {0, 0x0b};

    private LyingModules() {}

    static List<HostileProgram> all() {
        return List.of(
                lie("nothing at all", new byte[0]),
                lie("a header alone", octets(0, 'a', 's', 'm', 1, 0, 0, 0)),
                lie("another version", octets(0, 'a', 's', 'm', 2, 0, 0, 0)),
                lie("another magic number", octets(0, 'a', 's', 'n', 1, 0, 0, 0)),
                lie(
                        "a section longer than the file",
                        module().behind(0, 100, 1, 'x').build()),
                lie(
                        "a section of 4 GiB",
                        module().behind(0, 0xff, 0xff, 0xff, 0xff, 0x0f).build()),
                lie(
                        "a section's size that never ends",
                        module().behind(0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff).build()),
                lie(
                        "a type section with bytes to spare",
                        module().section(1, 1, 0x60, 0, 0, 0).build()),
                lie(
                        "a type section that is cut",
                        module().section(1, 2, 0x60, 0, 0).build()),
                lie(
                        "a section twice",
                        module().behind(11, 1, 0).behind(11, 1, 0).build()),
                lie("a section out of order", module().behind(1, 1, 0).build()),
                lie("a section of unknown kind", module().behind(14, 0).build()),
                lie("a custom section without its name", module().behind(0, 0).build()),
                lie(
                        "a custom section with a name longer than itself",
                        module().behind(0, 2, 50, 'a').build()),
                lie(
                        "a name that is no UTF-8",
                        module().section(7, 1, 1, 0xff, 0, 0).build()),
                lie(
                        "4,000,000,000 types",
                        module().section(1, 0x80, 0xd0, 0xac, 0xf3, 0x0e).build()),
                lie(
                        "4,000,000,000 functions",
                        module().section(3, 0x80, 0xd0, 0xac, 0xf3, 0x0e).build()),
                lie(
                        "4,000,000,000 exports",
                        module().section(7, 0x80, 0xd0, 0xac, 0xf3, 0x0e).build()),
                lie(
                        "4,000,000,000 data segments",
                        module().section(11, 0x80, 0xd0, 0xac, 0xf3, 0x0e).build()),
                lie(
                        "4,000,000,000 elements",
                        module().section(4, 1, 0x70, 0, 1)
                                .section(9, 1, 0, 0x41, 0, 0x0b, 0x80, 0xd0, 0xac, 0xf3, 0x0e)
                                .build()),
                lie(
                        "4,000,000,000 targets of a br_table",
                        module(0, 0x41, 0, 0x0e, 0x80, 0xd0, 0xac, 0xf3, 0x0e, 0, 0x0b)),
                lie(
                        "4,000,000,000 locals in two groups",
                        module(2, 0x80, 0xa8, 0xd6, 0xb9, 7, 0x7f, 0x80, 0xa8, 0xd6, 0xb9, 7, 0x7f, 0x0b)),
                lie("fewer bodies than functions", module().section(3, 2, 0, 0).build()),
                lie("more bodies than functions", module().section(3, 0).build()),
                lie(
                        "functions without bodies",
                        new ModuleBuilder().section(3, 1, 0).build()),
                lie(
                        "bodies without functions",
                        new ModuleBuilder().section(10, 1, 2, 0, 0x0b).build()),
                lie(
                        "a body longer than the section",
                        module().section(10, 1, 9, 0, 0x0b).build()),
                lie(
                        "a body shorter than its code",
                        module().section(10, 1, 2, 0, 0x01, 0x0b).build()),
                lie("a body without an end", module(0, 0x01)),
                lie("a body with two ends", module(0, 0x0b, 0x0b)),
                lie(
                        "a function of a type that is not there",
                        module().section(3, 1, 9).build()),
                lie(
                        "an export of a function that is not there",
                        module().section(7, 1, 1, 'f', 0, 9).build()),
                lie(
                        "an export of a memory that is not there",
                        module().section(7, 1, 1, 'f', 2, 0).build()),
                lie(
                        "two exports of one name",
                        module().section(7, 2, 1, 'f', 0, 0, 1, 'f', 0, 0).build()),
                lie(
                        "an export that is not what is called",
                        module().section(7, 1, 1, 'g', 0, 0).build()),
                lie(
                        "a global where a function is called",
                        module().section(6, 1, 0x7f, 0, 0x41, 0, 0x0b)
                                .section(7, 1, 1, 'f', 3, 0)
                                .build()),
                lie(
                        "a start function with a parameter",
                        module().section(1, 1, 0x60, 1, 0x7f, 0).section(8, 0).build()),
                lie(
                        "a start function with a result",
                        new ModuleBuilder()
                                .section(1, 1, 0x60, 0, 1, 0x7f)
                                .section(8, 0)
                                .function(0, 0x41, 0, 0x0b)
                                .build()),
                lie("a start function that is not there", module().section(8, 9).build()),
                lie(
                        "a start function that never ends",
                        new ModuleBuilder()
                                .section(8, 0)
                                .function(0, 0x03, 0x40, 0x0c, 0, 0x0b, 0x0b)
                                .build()),
                lie(
                        "a start function that traps",
                        new ModuleBuilder()
                                .section(8, 0)
                                .function(0, 0x00, 0x0b)
                                .build()),
                lie(
                        "a function with a parameter, called without",
                        module().section(1, 1, 0x60, 1, 0x7f, 0).build()),
                lie("an import that is not there", importing("vcp", "input_everything")),
                lie("an import of another type", importing("vcp", "input_size")),
                lie(
                        "a memory smaller than its least",
                        module().section(5, 1, 1, 2, 1).build()),
                lie(
                        "a memory of more than 4 GiB",
                        module().section(5, 1, 0, 0x81, 0x80, 4).build()),
                lie(
                        "a memory of 4 GiB",
                        module().section(5, 1, 0, 0x80, 0x80, 4).build()),
                lie(
                        "a memory over the run's limit",
                        module().section(5, 1, 0, 65).build()),
                lie(
                        "a table smaller than its least",
                        module().section(4, 1, 0x70, 1, 2, 1).build()),
                lie(
                        "a table of 2^32 - 1",
                        module().section(4, 1, 0x70, 0, 0xff, 0xff, 0xff, 0xff, 0x0f)
                                .build()),
                lie(
                        "17 tables",
                        module().section(
                                        4,
                                        new Binary()
                                                .octets(17)
                                                .bytes(GiantModules.repeat(17, 0x70, 0, 1))
                                                .toArray())
                                .build()),
                lie(
                        "data that does not fit",
                        module().section(5, 1, 0, 1)
                                .section(11, 1, 0, 0x41, 0xff, 0xff, 3, 0x0b, 2, 'a', 'b')
                                .build()),
                lie(
                        "data without a memory",
                        module().section(11, 1, 0, 0x41, 0, 0x0b, 1, 'a').build()),
                lie(
                        "data at a float",
                        module().section(5, 1, 0, 1)
                                .section(11, 1, 0, 0x43, 0, 0, 0, 0, 0x0b, 1, 'a')
                                .build()),
                lie(
                        "a number of data segments that is wrong",
                        module().section(12, 7).section(11, 1, 1, 1, 'a').build()),
                lie(
                        "elements that do not fit",
                        module().section(4, 1, 0x70, 0, 1)
                                .section(9, 1, 0, 0x41, 1, 0x0b, 1, 0)
                                .build()),
                lie(
                        "an element that is not there",
                        module().section(4, 1, 0x70, 0, 1)
                                .section(9, 1, 0, 0x41, 0, 0x0b, 1, 9)
                                .build()),
                lie(
                        "a global that is set by a later one",
                        module().section(6, 2, 0x7f, 0, 0x23, 1, 0x0b, 0x7f, 0, 0x41, 1, 0x0b)
                                .build()),
                lie(
                        "a global of another type",
                        module().section(6, 1, 0x7f, 0, 0x42, 1, 0x0b).build()),
                lie(
                        "a constant that is set",
                        module().section(6, 1, 0x7f, 0, 0x41, 1, 0x0b)
                                .function(0, 0x41, 1, 0x24, 0, 0x0b)
                                .build()),
                lie("a load without a memory", module(0, 0x41, 0, 0x28, 2, 0, 0x1a, 0x0b)),
                lie(
                        "a load aligned to more than itself",
                        module().section(5, 1, 0, 1)
                                .function(0, 0x41, 0, 0x28, 3, 0, 0x1a, 0x0b)
                                .build()),
                lie("a call of what is not there", module(0, 0x10, 9, 0x0b)),
                lie("an indirect call without a table", module(0, 0x41, 0, 0x11, 0, 0, 0x0b)),
                lie("a local that is not there", module(0, 0x20, 0, 0x1a, 0x0b)),
                lie("a branch to what is not there", module(0, 0x0c, 1, 0x0b)),
                lie("an operand that is not there", module(0, 0x1a, 0x0b)),
                lie("an operand of another type", module(0, 0x42, 0, 0x41, 0, 0x6a, 0x1a, 0x0b)),
                lie("a value too many", module(0, 0x41, 0, 0x0b)),
                lie("an else without its if", module(0, 0x05, 0x0b)),
                lie("a block that is not closed", module(0, 0x02, 0x40, 0x0b)),
                lie("an instruction that is not there", module(0, 0x27, 0x0b)),
                lie("an instruction behind a prefix that is not there", module(0, 0xfc, 0x7f, 0x0b)),
                lie(
                        "a reference to a function that is not declared",
                        module().without(7)
                                .section(7, 0)
                                .function(0, 0xd2, 0, 0x1a, 0x0b)
                                .build()),
                lie("a shared memory", module().section(5, 1, 3, 1, 1).build()),
                lie("a 64-bit memory", module().section(5, 1, 4, 1).build()),
                lie("two memories", module().section(5, 2, 0, 1, 0, 1).build()),
                lie("a tail call", module(0, 0x12, 0, 0x0b)),
                lie("a throw", module(0, 0x08, 0, 0x0b)),
                lie("an atomic fence", module(0, 0xfe, 3, 0, 0x0b)));
    }

    private static HostileProgram lie(String name, byte[] module) {
        return new HostileProgram(name, module);
    }

    private static ModuleBuilder module() {
        return new ModuleBuilder().function(NOTHING);
    }

    private static byte[] module(int... body) {
        return new ModuleBuilder().function(body).build();
    }

    private static byte[] octets(int... octets) {
        return new Binary().octets(octets).toArray();
    }

    private static byte[] importing(String module, String name) {
        return new ModuleBuilder()
                .section(
                        2,
                        new Binary()
                                .octets(1)
                                .name(module)
                                .name(name)
                                .octets(0, 0)
                                .toArray())
                .function(NOTHING)
                .build();
    }
}
