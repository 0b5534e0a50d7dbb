package org.ambientvcp.stark.air;

import java.util.Arrays;
import org.ambientvcp.stark.field.BabyBear;

/// A column that the verification key fixes, cell by cell.
public final class Preprocessed {
    private final String name;
    private final int[] values;

    /// @param values canonical elements, a power of two of them
    public Preprocessed(String name, int[] values) {
        if (name.isBlank()) throw new IllegalArgumentException("column name is blank");
        if (Integer.bitCount(values.length) != 1)
            throw new IllegalArgumentException("height of " + name + " is no power of two: " + values.length);
        for (var value : values)
            if (!BabyBear.isCanonical(value))
                throw new IllegalArgumentException("cell of " + name + " is not 0 … p-1: " + value);
        this.name = name;
        this.values = values.clone();
    }

    public String name() {
        return name;
    }

    public int height() {
        return values.length;
    }

    /// The canonical element in a row.
    public int value(int row) {
        return values[row];
    }

    /// A copy of all cells, canonical.
    public int[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessed that && name.equals(that.name) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return name + "[" + values.length + "]";
    }
}
