package org.ambientvcp.stark.air;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Dag.Node;
import org.ambientvcp.stark.field.BabyBear;
import org.jspecify.annotations.Nullable;

/// Expressions as a program over columns, for whoever has many rows to evaluate: each instruction does one operation on
/// a block of rows, each register holds a block. Constants, public values among them, are folded; a register is used
/// again after its last reader.
///
/// Immutable. A test holds the tape equal to [PointEvaluation].
public final class Tape {
    private final List<Instruction> instructions;
    private final int registers;

    /// Where an operand is.
    public enum Source {
        REGISTER,
        MAIN,
        MAIN_NEXT,
        PREPROCESSED,
        FIRST_ROW,
        LAST_ROW
    }

    /// @param index of the register or column, 0 for a selector
    public record Operand(Source source, int index) {}

    /// One step over a block of rows. Constants are base elements, in Montgomery form.
    public sealed interface Instruction {
        record Add(int target, Operand a, Operand b) implements Instruction {}

        record Subtract(int target, Operand a, Operand b) implements Instruction {}

        record Multiply(int target, Operand a, Operand b) implements Instruction {}

        record AddConstant(int target, Operand a, int constant) implements Instruction {}

        record MultiplyConstant(int target, Operand a, int constant) implements Instruction {}

        record Fill(int target, int constant) implements Instruction {}

        /// Hands the value of one of the expressions out; it may be overwritten afterwards.
        ///
        /// @param output number of the expression
        record Output(int output, Operand value) implements Instruction {}
    }

    private Tape(List<Instruction> instructions, int registers) {
        this.instructions = List.copyOf(instructions);
        this.registers = registers;
    }

    /// @param outputs handed out in this order
    /// @param publicValues base elements
    public static Tape of(List<Expr> outputs, int[] publicValues) {
        return new Compiler(outputs, publicValues).compile();
    }

    public List<Instruction> instructions() {
        return instructions;
    }

    /// How many registers there have to be.
    public int registers() {
        return registers;
    }

    private static final class Compiler {
        private final int[] publicValues;
        private final Dag dag = new Dag();
        private final List<Integer> roots = new ArrayList<>();
        private final List<@Nullable Integer> constants = new ArrayList<>();
        private final int[] uses;
        private final Map<Integer, Integer> registerOf = new HashMap<>();
        private final Deque<Integer> free = new ArrayDeque<>();
        private final List<Instruction> instructions = new ArrayList<>();
        private int registers;

        Compiler(List<Expr> outputs, int[] publicValues) {
            this.publicValues = publicValues;
            for (var output : outputs) roots.add(dag.add(output));
            for (var number = 0; number < dag.size(); number++) constants.add(fold(dag.node(number)));
            uses = new int[dag.size()];
            for (var root : roots) use(root);
        }

        private @Nullable Integer fold(Node node) {
            return switch (node.op()) {
                case CONSTANT -> BabyBear.fromCanonical(node.a());
                case PUBLIC -> publicValues[node.a()];
                case MAIN, MAIN_NEXT, PREPROCESSED, FIRST_ROW, LAST_ROW -> null;
                case SHIFT -> {
                    var a = constants.get(node.a());
                    yield a == null ? null : BabyBear.mul(a, inverseOfPower(node.b()));
                }
                case ADD, SUBTRACT, MULTIPLY -> {
                    var a = constants.get(node.a());
                    var b = constants.get(node.b());
                    if (a == null || b == null) yield null;
                    yield switch (node.op()) {
                        case ADD -> BabyBear.add(a, b);
                        case SUBTRACT -> BabyBear.sub(a, b);
                        default -> BabyBear.mul(a, b);
                    };
                }
            };
        }

        /// Counts readers, of each node once for each place that reads it; constants need no register and no reader.
        private void use(int number) {
            if (constants.get(number) != null || uses[number]++ > 0) return;
            var node = dag.node(number);
            switch (node.op()) {
                case ADD, SUBTRACT, MULTIPLY -> {
                    use(node.a());
                    use(node.b());
                }
                case SHIFT -> use(node.a());
                case CONSTANT, PUBLIC, MAIN, MAIN_NEXT, PREPROCESSED, FIRST_ROW, LAST_ROW -> {}
            }
        }

        Tape compile() {
            for (var output = 0; output < roots.size(); output++) {
                var root = roots.get(output);
                var constant = constants.get(root);
                if (constant == null) {
                    instructions.add(new Instruction.Output(output, operand(root)));
                    release(root);
                } else {
                    var register = allocate();
                    instructions.add(new Instruction.Fill(register, constant));
                    instructions.add(new Instruction.Output(output, new Operand(Source.REGISTER, register)));
                    free.push(register);
                }
            }
            return new Tape(instructions, registers);
        }

        private Operand operand(int number) {
            var node = dag.node(number);
            return switch (node.op()) {
                case MAIN -> new Operand(Source.MAIN, node.a());
                case MAIN_NEXT -> new Operand(Source.MAIN_NEXT, node.a());
                case PREPROCESSED -> new Operand(Source.PREPROCESSED, node.a());
                case FIRST_ROW -> new Operand(Source.FIRST_ROW, 0);
                case LAST_ROW -> new Operand(Source.LAST_ROW, 0);
                case CONSTANT, PUBLIC -> throw new IllegalStateException("constant has no place: " + node);
                case ADD, SUBTRACT, MULTIPLY, SHIFT -> {
                    var register = registerOf.get(number);
                    yield new Operand(Source.REGISTER, register == null ? compute(number, node) : register);
                }
            };
        }

        private int compute(int number, Node node) {
            var a = node.op() == Dag.Op.SHIFT || constants.get(node.a()) == null ? operand(node.a()) : null;
            var b = node.op() == Dag.Op.SHIFT || constants.get(node.b()) != null ? null : operand(node.b());
            if (a != null) release(node.a());
            if (b != null) release(node.b());
            var target = allocate();
            registerOf.put(number, target);
            if (node.op() == Dag.Op.SHIFT) {
                instructions.add(new Instruction.MultiplyConstant(target, present(a), inverseOfPower(node.b())));
            } else if (a != null && b != null) {
                instructions.add(
                        switch (node.op()) {
                            case ADD -> new Instruction.Add(target, a, b);
                            case SUBTRACT -> new Instruction.Subtract(target, a, b);
                            default -> new Instruction.Multiply(target, a, b);
                        });
            } else if (a != null) {
                var constant = present(constants.get(node.b()));
                instructions.add(
                        switch (node.op()) {
                            case ADD -> new Instruction.AddConstant(target, a, constant);
                            case SUBTRACT -> new Instruction.AddConstant(target, a, BabyBear.neg(constant));
                            default -> new Instruction.MultiplyConstant(target, a, constant);
                        });
            } else {
                constantFirst(target, node.op(), present(constants.get(node.a())), present(b));
            }
            return target;
        }

        private void constantFirst(int target, Dag.Op op, int constant, Operand b) {
            switch (op) {
                case ADD -> instructions.add(new Instruction.AddConstant(target, b, constant));
                case SUBTRACT -> {
                    instructions.add(new Instruction.MultiplyConstant(target, b, BabyBear.MINUS_ONE));
                    if (constant != 0)
                        instructions.add(
                                new Instruction.AddConstant(target, new Operand(Source.REGISTER, target), constant));
                }
                default -> instructions.add(new Instruction.MultiplyConstant(target, b, constant));
            }
        }

        private void release(int number) {
            if (--uses[number] > 0) return;
            var register = registerOf.get(number);
            if (register != null) free.push(register);
        }

        private int allocate() {
            return free.isEmpty() ? registers++ : free.pop();
        }

        private static int inverseOfPower(int bits) {
            return BabyBear.inverse(BabyBear.of(1L << bits));
        }

        private static <T> T present(@Nullable T value) {
            if (value == null) throw new IllegalStateException("operand is missing");
            return value;
        }
    }
}
