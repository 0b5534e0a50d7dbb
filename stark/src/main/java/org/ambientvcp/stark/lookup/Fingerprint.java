package org.ambientvcp.stark.lookup;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.stark.air.Bus;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.field.Element;
import org.ambientvcp.stark.proof.Rounds.LookupChallenges;

/// The denominator of a message: γ + bus·β^8 - Σ m_i·β^i. The number of the bus is a coordinate of its own, so messages
/// of two buses never share a denominator but by chance, and every message of a bus has as many entries as the bus.
///
/// Immutable.
public final class Fingerprint {
    private final Element gamma;
    /// β^0 … β^8.
    private final List<Element> powers;

    public Fingerprint(LookupChallenges challenges) {
        gamma = challenges.gamma();
        var all = new ArrayList<Element>();
        var power = gamma.field().one();
        for (var i = 0; i <= Bus.MAX_ARITY; i++) {
            all.add(power);
            power = power.times(challenges.beta());
        }
        powers = List.copyOf(all);
    }

    /// What every message of a bus starts from.
    ///
    /// @param bus its number, from 1
    public Element start(int bus) {
        return gamma.plus(powers.get(Bus.MAX_ARITY).times(BabyBear.of(bus)));
    }

    /// β^i, the factor of entry i.
    public Element power(int i) {
        return powers.get(i);
    }

    public Element of(int bus, List<Element> message) {
        var denominator = start(bus);
        for (var i = 0; i < message.size(); i++)
            denominator = denominator.minus(powers.get(i).times(message.get(i)));
        return denominator;
    }
}
