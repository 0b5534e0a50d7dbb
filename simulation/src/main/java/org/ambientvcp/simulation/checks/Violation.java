package org.ambientvcp.simulation.checks;

/// Something that must never be.
///
/// @param law the invariant, one word
/// @param where the record or thing it is about, for example `cell 1, offset 77`
/// @param what a sentence
public record Violation(Law law, String where, String what) {
    @Override
    public String toString() {
        return law + " (" + where + "): " + what;
    }
}
