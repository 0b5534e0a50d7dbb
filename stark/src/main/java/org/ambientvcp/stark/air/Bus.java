package org.ambientvcp.stark.air;

/// A multiset that chips send messages to and receive them from; at the end it must be empty.
///
/// @param name unique in the machine
/// @param arity entries of every message, 1–[#MAX_ARITY]
/// @param limit for a range bus (arity 1) whose table holds 0 … limit-1; 0 for any other bus
public record Bus(String name, int arity, long limit) {
    public static final int MAX_ARITY = 8;

    public Bus {
        if (name.isBlank()) throw new IllegalArgumentException("bus name is blank");
        if (arity < 1 || arity > MAX_ARITY)
            throw new IllegalArgumentException("arity of bus " + name + " is not 1–" + MAX_ARITY + ": " + arity);
        if (limit < 0 || limit > 1 << 24 || (limit > 0 && arity != 1))
            throw new IllegalArgumentException("limit of bus " + name + " does not fit: " + limit);
    }

    public static Bus of(String name, int arity) {
        return new Bus(name, arity, 0);
    }

    /// A bus on which a value says that it is 0 … limit-1. The chip that receives has to hold exactly these values.
    public static Bus range(String name, long limit) {
        if (limit < 1) throw new IllegalArgumentException("limit of bus " + name + " is not positive: " + limit);
        return new Bus(name, 1, limit);
    }

    boolean isRange() {
        return limit > 0;
    }
}
