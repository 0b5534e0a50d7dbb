package org.ambientvcp.stark.air;

import java.util.IdentityHashMap;
import org.ambientvcp.stark.air.Expr.Bounded;
import org.ambientvcp.stark.air.Expr.Cell;
import org.ambientvcp.stark.air.Expr.Constant;
import org.ambientvcp.stark.air.Expr.Difference;
import org.ambientvcp.stark.air.Expr.Product;
import org.ambientvcp.stark.air.Expr.PublicValue;
import org.ambientvcp.stark.air.Expr.Selector;
import org.ambientvcp.stark.air.Expr.Shifted;
import org.ambientvcp.stark.air.Expr.Sum;

/// The degree of an expression as a polynomial in columns; a selector counts as a column.
public final class Degree {
    private Degree() {}

    public static int of(Expr expr) {
        return of(expr, new IdentityHashMap<>());
    }

    public static int of(Constraint constraint) {
        return of(constraint.expr()) + constraint.scope().degree();
    }

    private static int of(Expr expr, IdentityHashMap<Expr, Integer> known) {
        var degree = known.get(expr);
        if (degree != null) return degree;
        int result = switch (expr) {
            case Constant _, PublicValue _ -> 0;
            case Cell _, Selector _ -> 1;
            case Sum(var a, var b) -> Math.max(of(a, known), of(b, known));
            case Difference(var a, var b) -> Math.max(of(a, known), of(b, known));
            case Product(var a, var b) -> Math.addExact(of(a, known), of(b, known));
            case Shifted shifted -> of(shifted.dividend(), known);
            case Bounded bounded -> of(bounded.value(), known);
        };
        known.put(expr, result);
        return result;
    }
}
