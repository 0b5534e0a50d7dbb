package org.ambientvcp.stark.proof;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Boundary;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.ChipDef;
import org.ambientvcp.stark.air.ColumnDef;
import org.ambientvcp.stark.air.Constraint;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Interaction;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.air.Preprocessed;
import org.ambientvcp.stark.hash.Digest;
import org.ambientvcp.stark.security.Parameters;
import org.ambientvcp.stark.security.Profile;
import org.ambientvcp.stark.security.Sizes;
import org.jspecify.annotations.Nullable;

/// The canonical encoding of a verification key: all fields of all its parts, those too that only the analysis of
/// the machine reads. Records are taken apart by patterns, so a field that is added does not compile until it is
/// encoded.
///
/// Expressions share parts: each different part is written once, at its first use, and named by its number from then
/// on.
/// Machines that are equal have the same encoding, however their parts are shared in memory.
final class KeyEncoding {
    private final WordWriter out = new WordWriter();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> known = new IdentityHashMap<>();

    private KeyEncoding() {}

    static Words of(Machine machine, Profile profile, @Nullable Digest preprocessedRoot) {
        var encoding = new KeyEncoding();
        encoding.profile(profile);
        encoding.machine(machine);
        encoding.out.flag(preprocessedRoot != null);
        if (preprocessedRoot != null) encoding.out.digest(preprocessedRoot);
        return encoding.out.toWords();
    }

    private void profile(Profile profile) {
        switch (profile) {
            case Profile(var id, var name, var parameters, var limits, var target) -> {
                out.word(id).text(name);
                parameters(parameters);
                limits(limits);
                out.word(target);
            }
        }
    }

    private void parameters(Parameters parameters) {
        switch (parameters) {
            case Parameters(var degree, var logBlowup, var queries, var grinding, var randomisers) ->
                out.word(degree).word(logBlowup).word(queries).word(grinding).word(randomisers);
        }
    }

    private void limits(Sizes limits) {
        switch (limits) {
            case Sizes(var logHeight, var openings, var constraints, var interactions, var width) ->
                out.word(logHeight)
                        .word(openings)
                        .word(constraints)
                        .wide(interactions)
                        .word(width);
        }
    }

    private void machine(Machine machine) {
        switch (machine) {
            case Machine(var name, var buses, var chips, var publicValues, var boundary) ->
                out.text(name)
                        .list(buses, this::bus)
                        .list(chips, this::chip)
                        .word(publicValues)
                        .list(boundary, this::boundary);
        }
    }

    private void bus(Bus bus) {
        switch (bus) {
            case Bus(var name, var arity, var limit) ->
                out.text(name).word(arity).wide(limit);
        }
    }

    private void chip(ChipDef chip) {
        switch (chip) {
            case ChipDef(var name, var columns, var fixed, var real, var constraints, var interactions, var mask) -> {
                out.text(name).list(columns, this::column).list(fixed, this::preprocessed);
                expression(real);
                out.list(constraints, this::constraint)
                        .list(interactions, this::interaction)
                        .list(mask, out::word);
            }
        }
    }

    private void column(ColumnDef column) {
        switch (column) {
            case ColumnDef(var name, var low, var high, var reason) ->
                out.text(name).wide(low).wide(high).text(reason);
        }
    }

    private void preprocessed(Preprocessed column) {
        out.text(column.name()).sized(column.values());
    }

    private void constraint(Constraint constraint) {
        switch (constraint) {
            case Constraint(var name, var scope, var expression, var modular) -> {
                out.text(name).text(scope.name()).flag(modular);
                expression(expression);
            }
        }
    }

    private void interaction(Interaction interaction) {
        switch (interaction) {
            case Interaction(var name, var bus, var multiplicity, var message) -> {
                out.text(name);
                message(bus, multiplicity, message);
            }
        }
    }

    private void boundary(Boundary boundary) {
        switch (boundary) {
            case Boundary(var name, var bus, var multiplicity, var message) -> {
                out.text(name);
                message(bus, multiplicity, message);
            }
        }
    }

    private void message(Bus bus, Expr multiplicity, List<Expr> message) {
        bus(bus);
        expression(multiplicity);
        out.list(message, this::expression);
    }

    /// Writes the parts that are new and then the number of the whole.
    private void expression(Expr expression) {
        out.word(number(expression));
    }

    private int number(Expr expression) {
        var number = known.get(expression);
        if (number == null) {
            number = number(node(expression));
            known.put(expression, number);
        }
        return number;
    }

    private int number(List<Integer> node) {
        var number = numbers.putIfAbsent(node, numbers.size() + 1);
        if (number != null) return number;
        // Zero is no number of an expression: it announces a new one.
        out.word(0).list(node, out::word);
        return numbers.size();
    }

    private List<Integer> node(Expr expression) {
        return switch (expression) {
            case Expr.Constant(var value) -> List.of(1, value);
            case Expr.Cell(var kind, var index, var next) -> List.of(2, number(kind), index, next ? 1 : 0);
            case Expr.PublicValue(var index) -> List.of(3, index);
            case Expr.Selector selector -> List.of(4, number(selector));
            case Expr.Sum(var left, var right) -> List.of(5, number(left), number(right));
            case Expr.Difference(var left, var right) -> List.of(6, number(left), number(right));
            case Expr.Product(var left, var right) -> List.of(7, number(left), number(right));
            case Expr.Shifted(var dividend, var bits) -> List.of(8, number(dividend), bits);
            case Expr.Bounded(var value, var when, var low, var high) ->
                List.of(9, number(value), number(when), (int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32));
        };
    }

    private static int number(Expr.Cell.Kind kind) {
        return switch (kind) {
            case MAIN -> 1;
            case PREPROCESSED -> 2;
        };
    }

    private static int number(Expr.Selector selector) {
        return switch (selector) {
            case FIRST_ROW -> 1;
            case LAST_ROW -> 2;
        };
    }
}
