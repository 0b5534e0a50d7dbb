package org.ambientvcp.stark.lookup;

import java.util.List;
import org.ambientvcp.stark.air.Machine;
import org.ambientvcp.stark.air.PointEvaluation;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.field.ExtensionField;

/// Whether all buses are empty at the end.
public final class BusBalance {
    private BusBalance() {}

    /// Adds the fractions of the statement's own messages to the sums of the chips. A message whose denominator is 0,
    /// which happens by chance alone, counts as unbalanced.
    ///
    /// @param publicValues base elements
    public static boolean holds(
            Machine machine, ExtensionField field, int[] publicValues, Fingerprint fingerprint, List<Element> busSums) {
        var total = field.zero();
        for (var sum : busSums) total = total.plus(sum);
        var values = PointEvaluation.withoutRow(field, publicValues);
        for (var boundary : machine.boundary()) {
            var message = boundary.message().stream().map(values::of).toList();
            var denominator = fingerprint.of(machine.number(boundary.bus()), message);
            if (denominator.isZero()) return false;
            total = total.plus(values.of(boundary.multiplicity()).times(denominator.inverse()));
        }
        return total.isZero();
    }
}
