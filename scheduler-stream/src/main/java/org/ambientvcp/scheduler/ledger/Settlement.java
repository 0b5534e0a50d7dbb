package org.ambientvcp.scheduler.ledger;

import static org.ambientvcp.scheduler.Refusal.quote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.ledger.Effects.Event;
import org.ambientvcp.schemas.signing.NodeId;

/// The end of a hold: payments to nodes, the rest back to the tenant. Pure functions.
final class Settlement {
    private Settlement() {}

    /// Settles a hold once. What is asked for beyond the hold, or for something that is no node, is not paid,
    /// becomes a dead letter, and does not keep the rest from being settled.
    static Effects settle(SettleTask settle, Books books, int defaultQuota, long at) {
        var owner = books.owner();
        var hold = books.hold();
        if (hold == null)
            return Effects.refused(
                    owner,
                    "unknown-task",
                    "no reward is held for task " + quote(settle.getTaskId()) + " of " + quote(settle.getTenant()));
        if (hold.getSettled()) return Effects.nothing(Event.REPEATED, owner, List.of());

        var refusals = new ArrayList<Refusal>();
        var payments = payable(settle, hold.getAmountMicros(), refusals);
        var tenant = settle.getTenant();
        var transferId = tenant + "/" + settle.getTaskId() + "/" + settle.getAttempt();
        var again = Admission.again(hold.getAdmissions());
        var transfers = new Transfers(owner, at);
        var left = hold.getAmountMicros();
        for (var payment : payments.entrySet()) {
            transfers.move(
                    transferId + "/PAY/" + payment.getKey() + again,
                    Accounts.escrow(tenant),
                    Accounts.node(payment.getKey()),
                    payment.getValue(),
                    TransferKind.PAY,
                    settle.getTaskId(),
                    settle.getAttempt());
            left -= payment.getValue();
        }
        transfers.move(
                transferId + "/REFUND" + again,
                Accounts.escrow(tenant),
                Accounts.tenant(tenant),
                left,
                TransferKind.REFUND,
                settle.getTaskId(),
                settle.getAttempt());
        transfers.count(owner.getTasksInFlight() - 1, Books.quota(owner, defaultQuota));
        return new Effects(
                Event.SETTLED,
                transfers.owner(owner, owner.getTasksInFlight() - 1),
                new HeldReward(
                        hold.getTenant(),
                        hold.getTaskId(),
                        hold.getAmountMicros(),
                        true,
                        at,
                        hold.getTaskDigest(),
                        settle.getRejected(),
                        hold.getAdmissions()),
                null,
                transfers.entries(),
                transfers.balances(),
                transfers.credits(),
                null,
                null,
                refusals);
    }

    /// Amounts by node id, in the order of the command; never more than held in sum.
    private static Map<String, Long> payable(SettleTask settle, long heldMicros, List<Refusal> refusals) {
        var payable = new LinkedHashMap<String, Long>();
        var left = heldMicros;
        for (var payment : settle.getPayments()) {
            if (!isSane(payment)) {
                refusals.add(new Refusal(
                        "out-of-range",
                        "not a payment to a node: " + payment.getAmountMicros() + " to " + quote(payment.getNodeId())));
                continue;
            }
            var paid = Math.min(payment.getAmountMicros(), left);
            if (paid < payment.getAmountMicros())
                refusals.add(new Refusal(
                        "overpaid",
                        "task " + settle.getTaskId() + " asks for " + payment.getAmountMicros() + " for "
                                + payment.getNodeId() + ", of " + heldMicros + " held only " + left + " are left"));
            payable.merge(payment.getNodeId(), paid, Long::sum);
            left -= paid;
        }
        return payable;
    }

    private static boolean isSane(Payment payment) {
        return NodeId.isWellFormed(payment.getNodeId()) && payment.getAmountMicros() >= 0;
    }
}
