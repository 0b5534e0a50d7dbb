package org.ambientvcp.wasm.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A random valid module, a function of its seed alone, and arguments for its function `main`.
///
/// @param bytes in the binary format
/// @param main shape of the exported function `main`
/// @param arguments their bits
/// @param globals their types
@SuppressWarnings("ArrayRecordComponent") // read only
record RandomModule(byte[] bytes, FunctionShape main, long[] arguments, List<Type> globals) {
    /// Calls and rounds of loops that an ordinary run may have.
    static final int FUEL = 200;

    private static final int BUDGET = 220;

    /// @param fuel how many calls and rounds of loops a run may have
    /// @param isForEndive see [Plan#isForEndive]
    static RandomModule of(long seed, int fuel, boolean isForEndive) {
        var random = new SplittableRandom(seed);
        var plan = new Plan(random, fuel, isForEndive);
        var bodies = new ArrayList<byte[]>();
        var own = plan.functions.subList(Plan.HOSTS.size(), plan.functions.size());
        for (var shape : own) bodies.add(body(plan, shape, BUDGET / own.size()));
        var main = plan.functions.getLast();
        var arguments = main.parameters().stream()
                .mapToLong(type -> argument(random, type))
                .toArray();
        return new RandomModule(write(plan, bodies), main, arguments, List.copyOf(plan.globals));
    }

    private static long argument(SplittableRandom random, Type type) {
        return switch (type) {
            case I32 -> Integer.toUnsignedLong(Constants.i32(random));
            case I64 -> Constants.i64(random);
            case F32 -> Integer.toUnsignedLong(Constants.f32(random));
            case F64 -> Constants.f64(random);
            case FUNCREF, EXTERNREF -> -1;
            case V128 -> throw new IllegalArgumentException("takes two places");
        };
    }

    private static byte[] body(Plan plan, FunctionShape shape, int budget) {
        var declared = plan.types(plan.once(20) ? plan.random.nextInt(32, 70) : plan.random.nextInt(6));
        var locals = new ArrayList<>(shape.parameters());
        locals.addAll(declared);
        var header = new Binary().unsigned(declared.size());
        for (var type : declared) header.unsigned(1).octets(type.code);
        return header.bytes(new BodyGenerator(plan, shape, locals, budget).generate())
                .toArray();
    }

    private static byte[] write(Plan plan, List<byte[]> bodies) {
        var hosts = Plan.HOSTS.size();
        var names = List.of("input_size", "input_read", "output_write");
        return new Binary()
                .octets(0, 'a', 's', 'm', 1, 0, 0, 0)
                .section(1, section -> {
                    section.unsigned(plan.types.size());
                    for (var type : plan.types)
                        section.octets(0x60).types(type.parameters()).types(type.results());
                })
                .section(2, section -> {
                    section.unsigned(hosts);
                    for (var i = 0; i < hosts; i++)
                        section.name("vcp")
                                .name(names.get(i))
                                .octets(0)
                                .unsigned(plan.typeIndex(plan.functions.get(i)));
                })
                .section(3, section -> {
                    section.unsigned(bodies.size());
                    for (var shape : plan.functions.subList(hosts, plan.functions.size()))
                        section.unsigned(plan.typeIndex(shape));
                })
                .section(4, section -> {
                    section.unsigned(plan.tables.size());
                    for (var type : plan.tables) section.octets(type.code, 1, plan.elements.length, Plan.MOST_ELEMENTS);
                })
                .section(5, section -> section.octets(1, 1, 1, Plan.MOST_PAGES))
                .section(6, section -> globals(plan, section))
                .section(
                        7,
                        section -> section.unsigned(2)
                                .name("main")
                                .octets(0)
                                .unsigned(plan.functions.size() - 1)
                                .name("memory")
                                .octets(2, 0))
                .section(9, section -> elements(plan, section))
                .section(12, section -> section.unsigned(plan.data.size()))
                .section(10, section -> {
                    section.unsigned(bodies.size());
                    bodies.forEach(section::sized);
                })
                .section(11, section -> data(plan, section))
                .toArray();
    }

    private static void globals(Plan plan, Binary section) {
        section.unsigned(plan.globals.size());
        for (var i = 0; i < plan.globals.size(); i++) {
            section.octets(plan.globals.get(i).code, 1);
            var random = plan.random;
            switch (plan.globals.get(i)) {
                case I32 -> section.octets(0x41).signed(i == Plan.FUEL ? plan.fuel : Constants.i32(random));
                case I64 -> section.octets(0x42).signed(Constants.i64(random));
                case F32 -> section.octets(0x43).fixed(Constants.f32(random), 4);
                case F64 -> section.octets(0x44).fixed(Constants.f64(random), 8);
                case V128 ->
                    section.octets(0xfd, 0x0c).fixed(random.nextLong(), 8).fixed(Constants.i64(random), 8);
                case FUNCREF -> section.octets(0xd2).unsigned(random.nextInt(plan.functions.size()));
                case EXTERNREF -> section.octets(0xd0, 0x6f);
            }
            section.octets(0x0b);
        }
    }

    /// The first fills the first table, the others are passive, and one more declares every function.
    private static void elements(Plan plan, Binary section) {
        section.unsigned(plan.segments.size() + 1);
        section.octets(4, 0x41, 0, 0x0b).unsigned(plan.elements.length);
        for (var function : plan.elements) reference(section, function);
        for (var count : plan.segments.subList(1, plan.segments.size())) {
            section.octets(5, 0x70).unsigned(count);
            for (var i = 0; i < count; i++)
                reference(section, plan.once(5) ? -1 : plan.random.nextInt(plan.functions.size()));
        }
        section.octets(3, 0).unsigned(plan.functions.size());
        for (var i = 0; i < plan.functions.size(); i++) section.unsigned(i);
    }

    private static void reference(Binary section, int function) {
        if (function < 0) section.octets(0xd0, 0x70, 0x0b);
        else section.octets(0xd2).unsigned(function).octets(0x0b);
    }

    /// The first is active, the others are passive.
    private static void data(Plan plan, Binary section) {
        section.unsigned(plan.data.size());
        for (var i = 0; i < plan.data.size(); i++) {
            if (i == 0)
                section.octets(0, 0x41).signed(plan.random.nextInt(60_000)).octets(0x0b);
            else section.octets(1);
            var bytes = new byte[plan.data.get(i)];
            plan.random.nextBytes(bytes);
            section.sized(bytes);
        }
    }
}
