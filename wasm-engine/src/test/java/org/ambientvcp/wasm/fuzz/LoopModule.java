package org.ambientvcp.wasm.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/// Random modules full of the loops that compilers treat in a special way: with a counter that a comparison ends, with
/// and without other ways out, and with all that comes close to it and is not. They may run for very long, so they are
/// for runs with little gas, which ends them in the middle.
final class LoopModule {
    /// Of `main`: two limits and a float; then three counters, a sum and a float.
    private static final FunctionShape MAIN =
            new FunctionShape(List.of(Type.I32, Type.I32, Type.F64), List.of(Type.I64));

    private static final int FLOAT = 2;
    private static final int FIRST_COUNTER = 3;
    private static final int COUNTERS = 3;
    private static final int SUM = 6;
    private static final int GLOBAL = 0;

    private static final int[] STRIDES = {1, 1, 1, -1, -1, 2, 3, 4, 8, -2, -8, 7, 1 << 30, -(1 << 30), 65_536};
    private static final int[] EDGES = {
        0, 0, 1, -1, 5, 10, 100, -100, 1_000, 4_096, 60_000, 70_000, 0x7fff_ffff, 0x8000_0000
    };

    private final SplittableRandom random;
    private final Binary out = new Binary();
    /// Blocks that are open.
    private int depth;

    private LoopModule(SplittableRandom random) {
        this.random = random;
    }

    static RandomModule of(long seed) {
        var random = new SplittableRandom(seed);
        var arguments = new long[] {
            Integer.toUnsignedLong(edge(random)), Integer.toUnsignedLong(edge(random)), Constants.f64(random)
        };
        return new RandomModule(new LoopModule(random).write(), MAIN, arguments, List.of(Type.I64));
    }

    private static int edge(SplittableRandom random) {
        var edge = EDGES[random.nextInt(EDGES.length)];
        return random.nextInt(3) == 0 ? edge + random.nextInt(-3, 4) : edge;
    }

    private byte[] write() {
        for (var loops = random.nextInt(1, 4); loops > 0; loops--) loop(0);
        out.octets(0x20, SUM, 0x20, FLOAT, 0xbd, 0x85, 0x0b);
        var body = new Binary().octets(2, COUNTERS, 0x7f, 1, 0x7e).bytes(out.toArray());
        return new Binary()
                .octets(0, 'a', 's', 'm', 1, 0, 0, 0)
                .section(
                        1,
                        section -> section.octets(2, 0x60)
                                .types(MAIN.parameters())
                                .types(MAIN.results())
                                .octets(0x60, 0, 0))
                .section(3, section -> section.octets(2, 1, 0))
                .section(5, section -> section.octets(1, 1, 1, Plan.MOST_PAGES))
                .section(6, section -> section.octets(1, 0x7e, 1, 0x42, 0, 0x0b))
                .section(7, section -> section.octets(1).name("main").octets(0, 1))
                .section(
                        10,
                        section -> section.octets(2)
                                .sized(new byte[] {0, 0x23, GLOBAL, 0x42, 3, 0x7c, 0x24, GLOBAL, 0x0b})
                                .sized(body.toArray()))
                .toArray();
    }

    /// A loop in a block that it may be left to.
    private void loop(int nesting) {
        var counter = FIRST_COUNTER + random.nextInt(COUNTERS);
        if (random.nextInt(4) != 0) {
            number();
            out.octets(0x21, counter);
        }
        var hasValueBelow = random.nextInt(5) == 0;
        if (hasValueBelow) out.octets(0x20, SUM);
        out.octets(0x02, 0x40);
        // A block below which there is nothing: what is on the stack stays there.
        out.octets(0x03, 0x40);
        depth += 2;
        for (var statements = random.nextInt(4); statements > 0; statements--) statement(counter, nesting);
        if (random.nextInt(8) == 0) out.octets(0x20, counter, 0x45, 0x0d, 1);
        end(counter);
        depth -= 2;
        out.octets(0x0b, 0x0b);
        if (hasValueBelow) out.octets(0x20, SUM, 0x85, 0x21, SUM);
    }

    private void number() {
        if (random.nextInt(3) == 0) out.octets(0x20, random.nextInt(2));
        else out.octets(0x41).signed(edge(random));
    }

    /// Steps the counter, compares it and goes back.
    private void end(int counter) {
        out.octets(0x20, counter, 0x41).signed(STRIDES[random.nextInt(STRIDES.length)]);
        out.octets(random.nextInt(16) == 0 ? 0x6b : 0x6a, 0x22, counter);
        switch (random.nextInt(8)) {
            case 0 -> {} // until it is 0
            case 1 -> out.octets(0x45);
            case 2 -> {
                number();
                out.octets(0x46 + random.nextInt(10));
            }
            default -> {
                number();
                out.octets(new int[] {0x47, 0x48, 0x49, 0x4a, 0x4b}[random.nextInt(5)]);
            }
        }
        if (random.nextInt(16) == 0) out.octets(0x45);
        out.octets(0x0d, 0);
    }

    private void statement(int counter, int nesting) {
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> store(counter);
            case 4, 5, 6 -> load(counter);
            case 7 -> out.octets(0x20, SUM, 0x42, 3, 0x7e, 0x20, counter, 0xac, 0x7c, 0x21, SUM);
            case 8 ->
                out.octets(
                        0x20,
                        FLOAT,
                        0x20,
                        counter,
                        0xb7,
                        new int[] {0xa0, 0xa1, 0xa2, 0xa3}[random.nextInt(4)],
                        0x21,
                        FLOAT);
            case 9 -> out.octets(0x23, GLOBAL, 0x42, 1, 0x7c, 0x24, GLOBAL);
            case 10 -> leave(counter);
            case 11 -> { // goes on with the next round, or the same again
                out.octets(0x20, SUM, 0x42, 7, 0x83, 0x42, 5, 0x51, 0x0d, 0);
                out.octets(0x20, SUM, 0x42, 1, 0x7c, 0x21, SUM);
            }
            case 12 -> either(counter);
            case 13 -> { // divides by zero in some round
                out.octets(0x20, SUM, 0x20, counter, 0x41).signed(edge(random));
                out.octets(0x6b, 0xac, 0x7f, 0x21, SUM);
            }
            case 14 -> seldom(counter);
            case 15 -> {
                if (nesting < 2) loop(nesting + 1);
            }
            default -> out.octets(0x20, counter, 0x67, 0x1a);
        }
    }

    /// What a special loop must not have in it.
    private void seldom(int counter) {
        switch (random.nextInt(7)) {
            case 0 -> out.octets(0x10, 0);
            case 1 -> out.octets(0x41, random.nextInt(2), 0x40, 0, 0x1a);
            case 2 -> out.octets(0x20, counter, 0x41, 1, 0x41, 3, 0xfc, 0x0b, 0);
            case 3 -> out.octets(0x20, counter, 0x41, 1, 0x6a, 0x21, counter); // the counter changes elsewhere, too
            case 4 -> out.octets(0x20, 0, 0x41, 1, 0x6a, 0x21, 0); // the limit changes
            case 5 -> out.octets(0x41, 5, 0x21, FIRST_COUNTER + random.nextInt(COUNTERS));
            default -> out.octets(0x03, 0x40, 0x0b);
        }
    }

    private void address(int counter) {
        out.octets(0x20, counter);
        switch (random.nextInt(4)) {
            case 0 -> out.octets(0x41, 2, 0x74);
            case 1 -> out.octets(0x41).signed(0x7ff8).octets(0x71);
            default -> {}
        }
    }

    private void offset() {
        out.octets(0).unsigned(random.nextInt(3) == 0 ? random.nextInt(70_000) : random.nextInt(9));
    }

    private void store(int counter) {
        address(counter);
        out.octets(0x20, SUM, 0x20, counter, 0xac, 0x7c);
        out.octets(new int[] {0x37, 0x3c, 0x3d, 0x3e}[random.nextInt(4)]);
        offset();
    }

    private void load(int counter) {
        out.octets(0x20, SUM);
        address(counter);
        out.octets(new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35}[random.nextInt(7)]);
        offset();
        out.octets(0x7c, 0x21, SUM);
    }

    private void leave(int counter) {
        out.octets(0x20, counter, 0x41).signed(edge(random));
        out.octets(0x46 + random.nextInt(10), 0x0d).unsigned(random.nextInt(1, depth));
    }

    private void either(int counter) {
        out.octets(0x20, counter, 0x41, 1 << random.nextInt(4), 0x71, 0x04, 0x40);
        depth++;
        store(counter);
        if (random.nextInt(3) == 0) leave(counter);
        if (random.nextBoolean()) {
            out.octets(0x05);
            load(counter);
        }
        depth--;
        out.octets(0x0b);
    }
}
