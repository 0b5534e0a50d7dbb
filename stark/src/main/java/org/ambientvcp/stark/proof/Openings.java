package org.ambientvcp.stark.proof;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// The values outside the domain, table by table. Their order here is that of the proof, of the transcript and of the
/// powers that batch them.
///
/// @param values as many as [ProofShape#openings()]
/// @param tables the same values by table
public record Openings(List<Element> values, List<Table> tables) {

    /// The values of one table: a main, auxiliary or quotient column is one of base elements, so an element of the
    /// extension that was committed is as many values as it has coordinates.
    ///
    /// @param atPoint at z: preprocessed, main, auxiliary and quotient columns
    /// @param atNext at the next row after z: main columns that are read there, then the running sum
    /// @param first the number of the first value among all
    public record Table(List<Element> atPoint, List<Element> atNext, int first) {}

    public Openings {
        values = List.copyOf(values);
        tables = List.copyOf(tables);
    }

    /// @param words canonical elements, as many as the shape asks for
    public static Openings of(Words words, ProofShape shape, ExtensionField field) {
        return of(elements(words, field), shape);
    }

    public static Openings of(List<Element> values, ProofShape shape) {
        if (values.size() != shape.openings())
            throw new IllegalArgumentException("openings are not " + shape.openings() + ": " + values.size());
        var tables = new ArrayList<Table>();
        var next = 0;
        for (var table = 0; table < shape.tables().size(); table++) {
            var first = next;
            var middle = first + shape.openingsAtPoint(table);
            next = middle + shape.openingsAtNext(table);
            tables.add(new Table(values.subList(first, middle), values.subList(middle, next), first));
        }
        return new Openings(values, tables);
    }

    /// The elements of an extension that canonical words are the coordinates of.
    ///
    /// @param words a multiple of the degree of the field
    public static List<Element> elements(Words words, ExtensionField field) {
        var coordinates = words.toArray();
        for (var i = 0; i < coordinates.length; i++) coordinates[i] = BabyBear.fromCanonical(coordinates[i]);
        var elements = new ArrayList<Element>();
        for (var i = 0; i < coordinates.length; i += field.degree()) elements.add(field.element(coordinates, i));
        return List.copyOf(elements);
    }

    /// The canonical words of elements, the inverse of [#elements].
    public static Words words(List<Element> elements) {
        var degree = elements.isEmpty() ? 0 : elements.getFirst().field().degree();
        var words = new int[elements.size() * degree];
        for (var i = 0; i < words.length; i++)
            words[i] = BabyBear.toCanonical(elements.get(i / degree).coefficient(i % degree));
        return Words.of(words);
    }
}
