package org.ambientvcp.stark.attacks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.Constraint;
import org.ambientvcp.stark.air.Dag;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.machines.Execution;

/// Looks at each row of an execution, without any cryptography: which constraints do not hold, which buses are not
/// empty. What it says nothing of must be provable, and nothing else.
///
/// Written apart from prover and verifier, and from [org.ambientvcp.stark.air.TraceCheck], which is for those who write
/// machines: there are two on purpose, so that a mistake in one does not hide what the attacks look for.
final class TraceCheck {
    private static final long P = BabyBear.P;

    /// Of powers of two.
    private static final int[] INVERSES =
            IntStream.range(0, 31).map(bits -> Field.inverse(1L << bits)).toArray();

    private final Map<Bus, Map<List<Integer>, Long>> balances = new HashMap<>();
    private final Set<String> violations = new TreeSet<>();
    private final Machine machine;
    private final int[] publicValues;

    private TraceCheck(Machine machine, int[] publicValues) {
        this.machine = machine;
        this.publicValues = publicValues;
    }

    /// "chip: constraint" and "bus name", in alphabetical order.
    static Set<String> violations(Execution execution) {
        return violations(execution.machine(), execution);
    }

    /// The same of another machine, with the same columns.
    static Set<String> violations(Machine machine, Execution execution) {
        var check = new TraceCheck(machine, execution.publicValues().toArray());
        for (var chip = 0; chip < machine.chips().size(); chip++)
            check.table(machine.chips().get(chip), execution.tables().get(chip));
        check.boundary();
        check.balances.forEach((bus, balance) -> {
            if (balance.values().stream().anyMatch(times -> times != 0)) check.violations.add("bus " + bus.name());
        });
        return check.violations;
    }

    /// Of a machine of one chip without buses, the same on these rows only.
    static Set<String> violations(Machine machine, Execution execution, Set<Integer> rows) {
        var check = new TraceCheck(machine, execution.publicValues().toArray());
        check.table(machine.chips().getFirst(), execution.tables().getFirst(), rows);
        return check.violations;
    }

    /// The value of a constraint of the first chip on a row, whatever its scope.
    static int value(Execution execution, String constraint, int row) {
        var chip = execution.machine().chips().getFirst();
        var expr = chip.constraints().stream()
                .filter(candidate -> candidate.name().equals(constraint))
                .findFirst()
                .orElseThrow()
                .expr();
        var check = new TraceCheck(execution.machine(), execution.publicValues().toArray());
        var dag = new Dag();
        var number = dag.add(expr);
        var nodes = dag.nodes();
        var values = new int[nodes.size()];
        for (var i = 0; i < values.length; i++)
            values[i] = check.value(nodes.get(i), chip, execution.tables().getFirst(), row, values);
        return values[number];
    }

    private void table(ChipDef chip, int[][] table) {
        table(chip, table, IntStream.range(0, table[0].length).boxed().toList());
    }

    private void table(ChipDef chip, int[][] table, Collection<Integer> checked) {
        var dag = new Dag();
        var constraints = chip.constraints().stream()
                .mapToInt(constraint -> dag.add(constraint.expr()))
                .toArray();
        var multiplicities = new ArrayList<Integer>();
        var messages = new ArrayList<int[]>();
        for (var interaction : chip.interactions()) {
            multiplicities.add(dag.add(interaction.multiplicity()));
            messages.add(interaction.message().stream().mapToInt(dag::add).toArray());
        }
        var rows = table[0].length;
        var nodes = dag.nodes();
        var values = new int[nodes.size()];
        for (int row : checked) {
            for (var i = 0; i < values.length; i++) values[i] = value(nodes.get(i), chip, table, row, values);
            for (var i = 0; i < constraints.length; i++) {
                var constraint = chip.constraints().get(i);
                if (values[constraints[i]] != 0 && isInScope(constraint, row, rows))
                    violations.add(chip.name() + ": " + constraint.name());
            }
            for (var i = 0; i < messages.size(); i++)
                put(chip.interactions().get(i).bus(), values[multiplicities.get(i)], messages.get(i), values);
        }
    }

    private void boundary() {
        for (var part : machine.boundary()) {
            var dag = new Dag();
            var multiplicity = dag.add(part.multiplicity());
            var message = part.message().stream().mapToInt(dag::add).toArray();
            var nodes = dag.nodes();
            var values = new int[nodes.size()];
            for (var i = 0; i < values.length; i++)
                values[i] = value(nodes.get(i), machine.chips().getFirst(), new int[0][1], 0, values);
            put(part.bus(), values[multiplicity], message, values);
        }
    }

    private void put(Bus bus, long times, int[] message, int[] values) {
        if (times == 0) return;
        var entries = new ArrayList<Integer>();
        for (var node : message) entries.add(values[node]);
        balances.computeIfAbsent(bus, _ -> new HashMap<>()).merge(entries, times, (a, b) -> (a + b) % P);
    }

    private static boolean isInScope(Constraint constraint, int row, int rows) {
        return switch (constraint.scope()) {
            case EVERY_ROW -> true;
            case FIRST_ROW -> row == 0;
            case LAST_ROW -> row == rows - 1;
            case TRANSITION -> row < rows - 1;
        };
    }

    private int value(Dag.Node node, ChipDef chip, int[][] table, int row, int[] values) {
        int a = node.a(), b = node.b();
        var rows = table.length == 0 ? 1 : table[0].length;
        return switch (node.op()) {
            case CONSTANT -> a;
            case MAIN -> table[a][row];
            case MAIN_NEXT -> table[a][(row + 1) % rows];
            case PREPROCESSED -> chip.preprocessed().get(a).value(row);
            case PUBLIC -> publicValues[a];
            case FIRST_ROW -> row == 0 ? 1 : 0;
            case LAST_ROW -> row == rows - 1 ? 1 : 0;
            case ADD -> (int) (((long) values[a] + values[b]) % P);
            case SUBTRACT -> (int) (((long) values[a] + P - values[b]) % P);
            case MULTIPLY -> (int) ((long) values[a] * values[b] % P);
            case SHIFT -> (int) ((long) values[a] * INVERSES[b] % P);
        };
    }
}
