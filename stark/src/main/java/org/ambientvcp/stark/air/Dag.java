package org.ambientvcp.stark.air;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.stark.air.Expr.Bounded;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Expr.Constant;
import org.ambientvcp.stark.air.Expr.Difference;
import org.ambientvcp.stark.air.Expr.Product;
import org.ambientvcp.stark.air.Expr.PublicValue;
import org.ambientvcp.stark.air.Expr.Selector;
import org.ambientvcp.stark.air.Expr.Shifted;
import org.ambientvcp.stark.air.Expr.Sum;

/// Expressions with equal parts joined, in an order in which every operand comes before its use.
///
/// The same expressions in the same order give the same nodes: the encoding of a verification key relies on it.
public final class Dag {

    /// What a node computes. `a` and `b` are numbers of earlier nodes, except where said.
    public enum Op {
        /// The canonical element `a`.
        CONSTANT,
        /// Main column `a` on this row.
        MAIN,
        /// Main column `a` on the next row.
        MAIN_NEXT,
        /// Preprocessed column `a` on this row.
        PREPROCESSED,
        /// Public value `a`.
        PUBLIC,
        FIRST_ROW,
        LAST_ROW,
        ADD,
        SUBTRACT,
        MULTIPLY,
        /// Node `a` divided by 2^`b`.
        SHIFT
    }

    public record Node(Op op, int a, int b) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> seen = new IdentityHashMap<>();

    /// Adds an expression and returns the number of its node.
    public int add(Expr expr) {
        var known = seen.get(expr);
        if (known != null) return known;
        var number = switch (expr) {
            case Constant(var value) -> number(Op.CONSTANT, value, 0);
            case PublicValue(var index) -> number(Op.PUBLIC, index, 0);
            case Selector.FIRST_ROW -> number(Op.FIRST_ROW, 0, 0);
            case Selector.LAST_ROW -> number(Op.LAST_ROW, 0, 0);
            case Cell cell -> number(op(cell), cell.index(), 0);
            case Sum(var left, var right) -> number(Op.ADD, add(left), add(right));
            case Difference(var left, var right) -> number(Op.SUBTRACT, add(left), add(right));
            case Product(var left, var right) -> number(Op.MULTIPLY, add(left), add(right));
            case Shifted(var dividend, var bits) -> number(Op.SHIFT, add(dividend), bits);
            case Bounded bounded -> add(bounded.value());
        };
        seen.put(expr, number);
        return number;
    }

    /// The nodes so far, operands first.
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    public int size() {
        return nodes.size();
    }

    /// A node by its number.
    public Node node(int number) {
        return nodes.get(number);
    }

    private static Op op(Cell cell) {
        if (cell.kind() == Cell.Kind.PREPROCESSED) return Op.PREPROCESSED;
        return cell.onNextRow() ? Op.MAIN_NEXT : Op.MAIN;
    }

    private int number(Op op, int a, int b) {
        var node = new Node(op, a, b);
        var known = numbers.putIfAbsent(node, nodes.size());
        if (known != null) return known;
        nodes.add(node);
        return nodes.size() - 1;
    }
}
