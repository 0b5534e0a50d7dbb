package org.ambientvcp.stark.air;

import org.ambientvcp.stark.field.BabyBear;

/// A main column: its name and which integers its cells may be on rows that are real.
///
/// @param low smallest integer, inclusive
/// @param high largest integer, inclusive; p-1 with low 0 is a column of field elements
/// @param reason what makes sure of the range
public record ColumnDef(String name, long low, long high, String reason) {
    public ColumnDef {
        if (name.isBlank()) throw new IllegalArgumentException("column name is blank");
        if (low > high || high - low >= BabyBear.P)
            throw new IllegalArgumentException("range of column " + name + " does not fit: " + low + " … " + high);
    }

    static ColumnDef field(String name) {
        return new ColumnDef(name, 0, BabyBear.P - 1, "any element");
    }

    public boolean isField() {
        return high - low == BabyBear.P - 1;
    }

    public boolean isBit() {
        return low == 0 && high == 1;
    }
}
