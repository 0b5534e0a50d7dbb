package org.ambientvcp.stark.proof;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.air.Expr;
import org.ambientvcp.stark.air.Preprocessed;
import org.ambientvcp.stark.hash.Digest;

/// Finds by reflection every part of a key and every field of it, and makes keys that differ in one of them.
final class KeyMutations {
    private KeyMutations() {}

    /// A field of a part.
    record Field(Class<?> type, String name) {}

    /// All records and columns in a value, itself too, each once.
    static Set<Object> parts(Object value) {
        var parts = new LinkedHashSet<Object>();
        collect(value, parts);
        return parts;
    }

    private static void collect(Object value, Set<Object> parts) {
        switch (value) {
            case List<?> list -> list.forEach(element -> collect(element, parts));
            case Record part -> {
                if (parts.add(part))
                    for (var component : part.getClass().getRecordComponents()) collect(get(part, component), parts);
            }
            case Preprocessed column -> parts.add(column);
            default -> {}
        }
    }

    static List<Field> fields(Object part) {
        return part instanceof Preprocessed
                ? List.of(new Field(Preprocessed.class, "name"), new Field(Preprocessed.class, "values"))
                : Arrays.stream(part.getClass().getRecordComponents())
                        .filter(component -> !isChangedByItsOwnFields(get((Record) part, component)))
                        .map(component -> new Field(part.getClass(), component.getName()))
                        .toList();
    }

    private static boolean isChangedByItsOwnFields(Object value) {
        return value instanceof Record && !(value instanceof Expr) && !(value instanceof Bus);
    }

    /// The part with another value in one field, in all ways that its constructor allows.
    static List<Object> variants(Object part, Field field) {
        if (part instanceof Preprocessed column) return List.of(variant(column, field));
        var components = part.getClass().getRecordComponents();
        var variants = new ArrayList<>();
        for (var i = 0; i < components.length; i++) {
            if (!components[i].getName().equals(field.name())) continue;
            for (var value : otherValues(get((Record) part, components[i]))) {
                var values = values((Record) part);
                values[i] = value;
                construct(part.getClass(), values).ifPresent(variants::add);
            }
        }
        return variants;
    }

    private static Preprocessed variant(Preprocessed column, Field field) {
        var values = column.values();
        if (field.name().equals("name")) return renamed(column);
        values[values.length - 1] ^= 1;
        return new Preprocessed(column.name(), values);
    }

    private static Preprocessed renamed(Preprocessed column) {
        return new Preprocessed(column.name() + "X", column.values());
    }

    private static List<Object> otherValues(Object value) {
        return switch (value) {
            case Integer number -> List.of(number + 1, number - 1, 2 * number);
            case Long number -> List.of(number + 1, number - 1, 2 * number, number + (1L << 32));
            case Boolean flag -> List.of(!flag);
            case String text -> List.of(text + "X", text + " '");
            case Expr _ ->
                List.of(Expr.constant(77), Expr.constant(1), Expr.constant(1).times(77));
            case Bus bus -> List.of(Bus.of("state", bus.arity()), Bus.of("memory", bus.arity()));
            case Digest _ -> List.of(Digest.of(new int[Digest.WORDS], 0));
            case Enum<?> constant ->
                Arrays.stream((Object[]) constant.getDeclaringClass().getEnumConstants())
                        .filter(other -> other != constant)
                        .toList();
            case List<?> list -> otherLists(list);
            default -> List.of();
        };
    }

    private static List<Object> otherLists(List<?> list) {
        if (list.isEmpty()) return List.of(List.of(0));
        var doubled = new ArrayList<Object>(list);
        doubled.add(list.getLast() instanceof Preprocessed column ? renamed(column) : list.getLast());
        return List.of(list.reversed(), list.subList(1, list.size()), list.subList(0, list.size() - 1), doubled);
    }

    /// A copy in which another part is in the place of one, wherever it is; none if a constructor refuses it.
    static Optional<Object> replace(Object value, Object part, Object replacement) {
        if (value.equals(part)) return Optional.of(replacement);
        return switch (value) {
            case List<?> list -> {
                var copy = new ArrayList<>();
                for (var element : list) {
                    var replaced = replace(element, part, replacement);
                    if (replaced.isEmpty()) yield Optional.empty();
                    copy.add(replaced.get());
                }
                yield Optional.of(copy);
            }
            case Record whole -> {
                var values = values(whole);
                for (var i = 0; i < values.length; i++) {
                    var replaced = replace(values[i], part, replacement);
                    if (replaced.isEmpty()) yield Optional.empty();
                    values[i] = replaced.get();
                }
                yield construct(whole.getClass(), values);
            }
            default -> Optional.of(value);
        };
    }

    private static Object[] values(Record part) {
        return Arrays.stream(part.getClass().getRecordComponents())
                .map(component -> get(part, component))
                .toArray();
    }

    private static Object get(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    private static Optional<Object> construct(Class<?> type, Object[] values) {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }
}
