package org.ambientvcp.wasm.hostile;

import java.util.List;
import java.util.function.BiConsumer;
import org.ambientvcp.wasm.fuzz.Binary;

/// Valid modules that are large in one respect, most at their limit or one over it.
final class GiantModules {
    private static final int LOCALS = 50_000;
    private static final int DEPTH = 10_000;

    private GiantModules() {}

    static List<HostileProgram> all() {
        return List.of(
                one("straight line of 500 kB", repeat(60_000, 0x23, 0, 0x42, 1, 0x7c, 0x24, 0)),
                one("a million nops", repeat(1_000_000, 0x01)),
                one("function over its limit", repeat(1 << 20, 0x01)),
                one("100,000 calls in a row", repeat(100_000, 0x10, 1)),
                one("10,000 loops in a row", repeat(10_000, 0x03, 0x40, 0x0b)),
                one("100,000 loops in a row", repeat(100_000, 0x03, 0x40, 0x0b)),
                one("1,000 loops of 100 empty loops", loopsOfLoops()),
                one("50,000 ifs in a row", repeat(50_000, 0x41, 1, 0x04, 0x40, 0x05, 0x00, 0x0b)),
                one("10,000 divisions in a row", repeat(10_000, 0x42, 7, 0x23, 0, 0x42, 1, 0x84, 1, 0x7f, 0x1a)),
                one(
                        "300,000 values on the stack",
                        new Binary()
                                .bytes(repeat(300_000, 0x41, 1))
                                .bytes(repeat(300_000, 0x1a))
                                .toArray()),
                nested("10,000 nested blocks", 0x02, 0x40),
                nested("10,000 nested loops", 0x03, 0x40),
                nested("10,000 nested ifs", 0x41, 1, 0x04, 0x40),
                one("10,000 nested blocks, left from each", leaving()),
                one("a branch out of 10,000 blocks with a value", outermost()),
                one("br_table of 100,000 targets", table(100_000, (body, i) -> body.octets(0))),
                one("br_table of 100,000 targets to 1,000 blocks", tableOfBlocks()),
                one(
                        "br_table of 100,000 targets in a loop",
                        new Binary()
                                .octets(0x03, 0x40)
                                .bytes(table(100_000, (body, i) -> body.octets(1)))
                                .octets(0x0c, 0, 0x0b)
                                .toArray()),
                locals("50,000 locals", LOCALS, new byte[0]),
                locals("50,001 locals", LOCALS + 1, new byte[0]),
                locals("50,000 locals, all used", LOCALS, eachLocal()),
                locals("50,000 locals in a recursion", LOCALS, repeat(1, 0x10, 0)),
                locals("50,000 locals in a loop of calls", 0, repeat(1, 0x03, 0x40, 0x10, 2, 0x0c, 0, 0x0b)),
                locals("50,000 references", LOCALS, 0x70, repeat(1, 0x03, 0x40, 0x10, 0, 0x0b)),
                manyFunctions(),
                manyGlobals(),
                manyElements(),
                wideType());
    }

    /// A module with a global, an empty second function, and a third one with as many locals as there may be.
    private static HostileProgram one(String name, byte[] body) {
        return locals(name, 0, body);
    }

    private static HostileProgram locals(String name, int locals, byte[] body) {
        return locals(name, locals, 0x7e, body);
    }

    private static HostileProgram locals(String name, int locals, int type, byte[] body) {
        return new HostileProgram(
                name,
                new ModuleBuilder()
                        .section(6, 1, 0x7e, 1, 0x42, 0, 0x0b)
                        .function(new Binary()
                                .octets(1)
                                .unsigned(locals)
                                .octets(type)
                                .bytes(body)
                                .octets(0x0b)
                                .toArray())
                        .function(0, 0x0b)
                        .function(new Binary()
                                .octets(1)
                                .unsigned(LOCALS)
                                .octets(0x7e, 0x0b)
                                .toArray())
                        .build());
    }

    static byte[] repeat(int times, int... octets) {
        return repeat(times, new Binary().octets(octets).toArray());
    }

    private static byte[] repeat(int times, byte[] once) {
        var all = new Binary();
        for (var i = 0; i < times; i++) all.bytes(once);
        return all.toArray();
    }

    private static HostileProgram nested(String name, int... opening) {
        return one(
                name,
                new Binary()
                        .bytes(repeat(DEPTH, opening))
                        .bytes(repeat(1, 0x23, 0, 0x1a))
                        .bytes(repeat(DEPTH, 0x0b))
                        .toArray());
    }

    private static byte[] loopsOfLoops() {
        return repeat(
                1_000,
                new Binary()
                        .octets(0x03, 0x40)
                        .bytes(repeat(100, 0x03, 0x40, 0x0b))
                        .octets(0x0b)
                        .toArray());
    }

    private static byte[] leaving() {
        var body = new Binary().bytes(repeat(DEPTH, 0x02, 0x40));
        for (var depth = DEPTH - 1; depth >= 0; depth -= 10)
            body.octets(0x41, 0, 0x0d).unsigned(depth);
        return body.bytes(repeat(DEPTH, 0x0b)).toArray();
    }

    private static byte[] outermost() {
        return new Binary()
                .bytes(repeat(DEPTH, 0x41, 1, 0x02, 0x7f))
                .octets(0x41, 7, 0x0c)
                .unsigned(DEPTH - 1)
                .bytes(repeat(DEPTH, 0x0b, 0x1a))
                .octets(0x1a)
                .toArray();
    }

    private static byte[] table(int targets, BiConsumer<Binary, Integer> target) {
        var body = new Binary()
                .octets(0x02, 0x40, 0x41)
                .signed(targets - 1)
                .octets(0x0e)
                .unsigned(targets);
        for (var i = 0; i < targets; i++) target.accept(body, i);
        return body.octets(0, 0x0b).toArray();
    }

    private static byte[] tableOfBlocks() {
        return new Binary()
                .bytes(repeat(1_000, 0x02, 0x40))
                .bytes(table(100_000, (body, i) -> body.unsigned(i % 1_000)))
                .bytes(repeat(1_000, 0x0b))
                .toArray();
    }

    private static byte[] eachLocal() {
        var body = new Binary();
        for (var i = 0; i < LOCALS; i++)
            body.octets(0x20).unsigned(i).octets(0x42, 1, 0x7c, 0x21).unsigned((i + 1) % LOCALS);
        return body.toArray();
    }

    private static HostileProgram manyFunctions() {
        var count = 100_000;
        var module = new ModuleBuilder();
        module.function(
                new Binary().octets(0, 0x10).unsigned(count).octets(0x0b).toArray());
        for (var i = 0; i < count; i++) module.function(0, 0x0b);
        return new HostileProgram("100,001 functions", module.build());
    }

    private static HostileProgram manyGlobals() {
        var count = 100_000;
        var globals = new Binary().unsigned(count).bytes(repeat(count, 0x7e, 1, 0x42, 1, 0x0b));
        return new HostileProgram(
                "100,000 globals",
                new ModuleBuilder()
                        .section(6, globals.toArray())
                        .function(new Binary()
                                .octets(0, 0x23)
                                .unsigned(count - 1)
                                .octets(0x24, 0, 0x0b)
                                .toArray())
                        .build());
    }

    private static HostileProgram manyElements() {
        var count = 262_144;
        return new HostileProgram(
                "262,144 elements",
                new ModuleBuilder()
                        .section(
                                4,
                                new Binary().octets(1, 0x70, 0).unsigned(count).toArray())
                        .section(
                                9,
                                new Binary()
                                        .octets(1, 0, 0x41, 0, 0x0b)
                                        .unsigned(count)
                                        .bytes(new byte[count])
                                        .toArray())
                        .function(new Binary()
                                .octets(0, 0x41)
                                .signed(count - 1)
                                .octets(0x11, 0, 0, 0x0b)
                                .toArray())
                        .build());
    }

    /// A function with 128 parameters and 16 results that calls itself with them.
    private static HostileProgram wideType() {
        var types = new Binary()
                .octets(2, 0x60, 0, 0, 0x60)
                .unsigned(128)
                .bytes(repeat(128, 0x7e))
                .octets(16)
                .bytes(repeat(16, 0x7e));
        var wide = new Binary().octets(0);
        for (var i = 0; i < 128; i++) wide.octets(0x20).unsigned(i);
        wide.octets(0x10, 1, 0x0b);
        var start = new Binary()
                .octets(0)
                .bytes(repeat(128, 0x42, 1))
                .octets(0x10, 1)
                .bytes(repeat(16, 0x1a))
                .octets(0x0b);
        return new HostileProgram(
                "128 parameters in a recursion",
                new ModuleBuilder()
                        .section(1, types.toArray())
                        .section(3, 2, 0, 1)
                        .function(start.toArray())
                        .function(wide.toArray())
                        .build());
    }
}
