package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Dag.Node;
import org.ambientvcp.stark.field.BabyBear;

/// Checks an execution row by row, without a proof: which constraints do not hold, and which messages stay on a bus.
/// For
/// those who write machines; takes as long as a prover's naive one would.
public final class TraceCheck {
    private final Machine machine;
    private final int[] publicValues;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Message, Integer> balance = new HashMap<>();

    /// A constraint that does not hold.
    ///
    /// @param row the first on which it does not
    public record Violation(String chip, String constraint, int row) {}

    /// What is on a bus: entries are canonical.
    public record Message(String bus, List<Integer> entries) {
        public Message {
            entries = List.copyOf(entries);
        }
    }

    /// @param violations one for each constraint that does not hold somewhere
    /// @param unbalanced messages that were put on a bus more often than taken off, mod p
    public record Result(List<Violation> violations, Map<Message, Integer> unbalanced) {
        public Result {
            violations = List.copyOf(violations);
            unbalanced = Map.copyOf(unbalanced);
        }

        /// Whether the execution is one of the machine.
        public boolean holds() {
            return violations.isEmpty() && unbalanced.isEmpty();
        }
    }

    private TraceCheck(Machine machine, int[] publicValues) {
        this.machine = machine;
        this.publicValues = publicValues;
    }

    /// @param tables one for each chip: its main columns of canonical elements
    /// @param publicValues canonical
    public static Result of(Machine machine, List<int[][]> tables, int[] publicValues) {
        var check = new TraceCheck(
                machine,
                Arrays.stream(publicValues).map(BabyBear::fromCanonical).toArray());
        for (var chip = 0; chip < tables.size(); chip++)
            check.chip(machine.chips().get(chip), tables.get(chip));
        check.boundary();
        check.balance.values().removeIf(count -> count == 0);
        return new Result(check.violations, check.balance);
    }

    private void chip(ChipDef chip, int[][] table) {
        var dag = new Dag();
        var constraints =
                chip.constraints().stream().mapToInt(c -> dag.add(c.expr())).toArray();
        var multiplicities = chip.interactions().stream()
                .mapToInt(i -> dag.add(i.multiplicity()))
                .toArray();
        var messages = chip.interactions().stream()
                .map(i -> i.message().stream().map(dag::add).toList())
                .toList();
        var violated = new boolean[constraints.length];
        var rows = table[0].length;
        for (var row = 0; row < rows; row++) {
            var values = evaluate(dag, chip, table, row);
            for (var i = 0; i < constraints.length; i++) {
                var constraint = chip.constraints().get(i);
                if (violated[i] || values[constraints[i]] == 0 || !isIn(constraint.scope(), row, rows)) continue;
                violated[i] = true;
                violations.add(new Violation(chip.name(), constraint.name(), row));
            }
            for (var i = 0; i < multiplicities.length; i++)
                count(chip.interactions().get(i).bus(), values, messages.get(i), values[multiplicities[i]]);
        }
    }

    private static boolean isIn(Constraint.Scope scope, int row, int rows) {
        return switch (scope) {
            case EVERY_ROW -> true;
            case FIRST_ROW -> row == 0;
            case LAST_ROW -> row == rows - 1;
            case TRANSITION -> row < rows - 1;
        };
    }

    private void boundary() {
        for (var part : machine.boundary()) {
            var dag = new Dag();
            var multiplicity = dag.add(part.multiplicity());
            var message = part.message().stream().map(dag::add).toList();
            var values = new int[dag.size()];
            for (var i = 0; i < values.length; i++) values[i] = arithmetic(dag.node(i), values);
            count(part.bus(), values, message, values[multiplicity]);
        }
    }

    private void count(Bus bus, int[] values, List<Integer> message, int multiplicity) {
        if (multiplicity == 0) return;
        var entries =
                message.stream().map(node -> BabyBear.toCanonical(values[node])).toList();
        balance.merge(new Message(bus.name(), entries), BabyBear.toCanonical(multiplicity), (a, b) ->
                (int) (((long) a + b) % BabyBear.P));
    }

    private int[] evaluate(Dag dag, ChipDef chip, int[][] table, int row) {
        var rows = table[0].length;
        var values = new int[dag.size()];
        for (var i = 0; i < values.length; i++) {
            var node = dag.node(i);
            values[i] = switch (node.op()) {
                case MAIN -> BabyBear.fromCanonical(table[node.a()][row]);
                case MAIN_NEXT -> BabyBear.fromCanonical(table[node.a()][(row + 1) % rows]);
                case PREPROCESSED ->
                    BabyBear.fromCanonical(chip.preprocessed().get(node.a()).value(row));
                case FIRST_ROW -> row == 0 ? BabyBear.ONE : 0;
                case LAST_ROW -> row == rows - 1 ? BabyBear.ONE : 0;
                case CONSTANT, PUBLIC, ADD, SUBTRACT, MULTIPLY, SHIFT -> arithmetic(node, values);
            };
        }
        return values;
    }

    private int arithmetic(Node node, int[] values) {
        int a = node.a(), b = node.b();
        return switch (node.op()) {
            case CONSTANT -> BabyBear.fromCanonical(a);
            case PUBLIC -> publicValues[a];
            case ADD -> BabyBear.add(values[a], values[b]);
            case SUBTRACT -> BabyBear.sub(values[a], values[b]);
            case MULTIPLY -> BabyBear.mul(values[a], values[b]);
            case SHIFT -> BabyBear.mul(values[a], BabyBear.inverse(BabyBear.of(1L << b)));
            case MAIN, MAIN_NEXT, PREPROCESSED, FIRST_ROW, LAST_ROW ->
                throw new IllegalStateException("node reads a row: " + node);
        };
    }
}
