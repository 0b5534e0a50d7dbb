package org.ambientvcp.stark.air;

import java.util.List;

/// A message that the statement itself puts on a bus; the verifier computes its fraction.
///
/// @param name unique in the machine
/// @param multiplicity over constants and public values; negative takes the message off
/// @param message over constants and public values, as many entries as the bus has
public record Boundary(String name, Bus bus, Expr multiplicity, List<Expr> message) {
    public Boundary {
        if (name.isBlank()) throw new IllegalArgumentException("boundary name is blank");
        message = List.copyOf(message);
        if (message.size() != bus.arity())
            throw new IllegalArgumentException("message of " + name + " has " + message.size() + " entries, bus "
                    + bus.name() + " has " + bus.arity());
    }
}
