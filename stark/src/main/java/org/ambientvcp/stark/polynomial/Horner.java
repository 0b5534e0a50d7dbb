package org.ambientvcp.stark.polynomial;

import java.util.List;
import org.ambientvcp.stark.field.Element;

/// The value of a polynomial from its coefficients, lowest first.
public final class Horner {
    private Horner() {}

    /// Of base coefficients, at a point of an extension.
    public static Element evaluate(int[] coefficients, Element point) {
        var value = point.field().zero();
        for (var i = coefficients.length - 1; i >= 0; i--)
            value = value.times(point).plus(coefficients[i]);
        return value;
    }

    /// Of coefficients of an extension, at a base point.
    public static Element evaluate(List<Element> coefficients, int point) {
        var value = coefficients.getLast();
        for (var i = coefficients.size() - 2; i >= 0; i--)
            value = value.times(point).plus(coefficients.get(i));
        return value;
    }
}
