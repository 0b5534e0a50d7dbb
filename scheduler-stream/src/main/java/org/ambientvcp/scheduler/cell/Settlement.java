package org.ambientvcp.scheduler.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.ambientvcp.events.Payment;

/// Who gets what, in whole micro-units. Pure functions.
final class Settlement {
    private Settlement() {}

    /// Equal shares of a reward; what does not divide goes to the lowest node id. They sum to the reward.
    static List<Payment> shares(long rewardMicros, SortedSet<String> nodeIds) {
        var share = rewardMicros / nodeIds.size();
        var rest = rewardMicros % nodeIds.size();
        var payments = new ArrayList<Payment>();
        for (var nodeId : nodeIds) {
            var amount = payments.isEmpty() ? share + rest : share;
            payments.add(new Payment(nodeId, amount));
        }
        return payments;
    }

    /// What a node loses for evidence that was refused.
    static long slash(long rewardMicros, int percent) {
        return Math.multiplyExact(rewardMicros, percent) / 100;
    }
}
