package org.ambientvcp.stark.attacks;

import org.ambientvcp.stark.machines.Execution;

/// An attack that would succeed if a part of the machine were missing: a forged trace of the full machine that violates
/// this part and
/// nothing else.
///
/// @param weakening the part
/// @param forged the trace, and public values that it does not earn
record Cheat(Weakening weakening, Execution forged) {
    @Override
    public String toString() {
        return forged.machine().name() + " " + weakening;
    }
}
