package org.ambientvcp.wasm.fuzz;

import java.util.Collections;

/// Writes random SIMD instructions.
final class VectorGenerator {
    private static final int PREFIX = 0xfd;
    private static final int LANE_BYTES = 16;

    private final Plan plan;
    private final BodyGenerator body;
    private final StatementGenerator statements;
    private final Binary out;

    VectorGenerator(Plan plan, BodyGenerator body, StatementGenerator statements, Binary out) {
        this.plan = plan;
        this.body = body;
        this.statements = statements;
        this.out = out;
    }

    /// A v128.
    void compute(int depth) {
        switch (plan.random.nextInt(16)) {
            case 0 -> {
                var splat = plan.any(VectorInstructions.SPLATS);
                body.value(splat.from(), depth - 1);
                op(splat.opcode());
            }
            case 1 -> {
                var lane = plan.any(VectorInstructions.REPLACES);
                vectors(1, depth);
                body.value(lane.type(), depth - 1);
                op(lane.opcode()).octets(plan.random.nextInt(lane.lanes()));
            }
            case 2 -> {
                vectors(3, depth);
                op(VectorInstructions.BITSELECT);
            }
            case 3, 4 -> {
                vectors(2, depth);
                op(VectorInstructions.SHUFFLE);
                shuffle();
            }
            case 5, 6 -> {
                vectors(1, depth);
                body.value(Type.I32, depth - 1);
                op(plan.any(VectorInstructions.SHIFTS));
            }
            case 7, 8, 9 -> {
                vectors(1, depth);
                op(plan.any(VectorInstructions.UNARY));
            }
            default -> {
                vectors(2, depth);
                op(plan.any(VectorInstructions.BINARY));
            }
        }
    }

    /// Indices of bytes as they come, and as instructions of other machines have them.
    private void shuffle() {
        var random = plan.random;
        var step = 1 << random.nextInt(1, 4);
        var from = random.nextInt(32);
        var kind = random.nextInt(4);
        for (var i = 0; i < LANE_BYTES; i++)
            out.octets(
                    switch (kind) {
                        case 0 -> random.nextInt(32);
                        case 1 -> (from + i) % 32;
                        // Lanes of so many bytes, in turn from both vectors.
                        case 2 -> (i / step % 2 == 0 ? 0 : 16) + (from & 8) + i / (2 * step) * step + i % step;
                        // Lanes of so many bytes, repeated, exchanged or mirrored.
                        default ->
                            (i / step * (2 * (from & 7) + 1) + (from >> 3)) * step % 32 + (i ^ (from & 1)) % step;
                    });
    }

    void load(int depth) {
        if (plan.once(4)) {
            var size = plan.random.nextInt(4);
            statements.address(depth - 1);
            vectors(1, depth);
            access(VectorInstructions.FIRST_LOAD_LANE + size).octets(plan.random.nextInt(LANE_BYTES >> size));
        } else {
            statements.address(depth - 1);
            access(plan.any(VectorInstructions.LOADS));
        }
    }

    void store(int depth) {
        statements.address(depth - 1);
        vectors(1, depth);
        if (plan.once(4)) {
            var size = plan.random.nextInt(4);
            access(VectorInstructions.FIRST_STORE_LANE + size).octets(plan.random.nextInt(LANE_BYTES >> size));
        } else {
            access(VectorInstructions.STORE);
        }
    }

    /// A number that is made of a vector.
    ///
    /// @param type not a reference
    void number(Type type, int depth) {
        vectors(1, depth);
        if (type == Type.I32 && plan.random.nextBoolean()) {
            op(plan.any(VectorInstructions.TESTS));
            return;
        }
        var lane = plan.any(VectorInstructions.EXTRACTS.stream()
                .filter(extract -> extract.type() == type)
                .toList());
        op(lane.opcode()).octets(plan.random.nextInt(lane.lanes()));
    }

    void constant() {
        op(0x0c);
        var random = plan.random;
        switch (random.nextInt(4)) {
            case 0 -> out.fixed(Constants.i64(random), 8).fixed(Constants.i64(random), 8);
            case 1 -> out.fixed(Constants.f64(random), 8).fixed(Constants.f64(random), 8);
            case 2 -> {
                for (var i = 0; i < 4; i++) out.fixed(Constants.f32(random), 4);
            }
            default -> {
                for (var i = 0; i < 4; i++) out.fixed(Constants.i32(random), 4);
            }
        }
    }

    void zero() {
        op(0x0c).fixed(0, 8).fixed(0, 8);
    }

    private void vectors(int count, int depth) {
        body.values(Collections.nCopies(count, Type.V128), depth - 1);
    }

    private Binary op(int opcode) {
        return out.octets(PREFIX).unsigned(opcode);
    }

    private Binary access(int opcode) {
        op(opcode);
        statements.memoryArgument(VectorInstructions.alignment(opcode), LANE_BYTES);
        return out;
    }
}
