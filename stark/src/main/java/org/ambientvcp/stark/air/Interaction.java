package org.ambientvcp.stark.air;

import java.util.List;

/// A message that each row puts on a bus, `multiplicity` times; a negative multiplicity takes it off.
///
/// @param name unique in the chip
/// @param multiplicity a multiple of the chip's `real`
/// @param message one expression per entry, as many as the bus has
public record Interaction(String name, Bus bus, Expr multiplicity, List<Expr> message) {
    public Interaction {
        if (name.isBlank()) throw new IllegalArgumentException("interaction name is blank");
        message = List.copyOf(message);
        if (message.size() != bus.arity())
            throw new IllegalArgumentException("message of " + name + " has " + message.size() + " entries, bus "
                    + bus.name() + " has " + bus.arity());
    }
}
