package org.ambientvcp.scheduler.ledger;

import static java.util.Objects.requireNonNull;
import static org.ambientvcp.scheduler.Samples.NODE;
import static org.ambientvcp.scheduler.Samples.STRANGER;
import static org.ambientvcp.scheduler.Samples.TASK_ID;
import static org.ambientvcp.scheduler.Samples.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.CreditAccount;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.HeldReward;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.OwnerState;
import org.ambientvcp.events.PassOn;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TenantQuota;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.scheduler.ledger.Effects.Event;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final long NOW = 1_000_000;
    private static final int QUOTA = 2;
    private static final String OWNER = "tenant:" + TENANT;
    private static final String ESCROW = "escrow:" + TENANT;
    private static final Task TASK = Samples.task(TENANT, TASK_ID, 1_000);

    @Test
    void admittingHoldsTheRewardAndLooksForACell() {
        var effects = apply(new AdmitTask(TASK), owner(5_000, 0, 0, -1), null);

        assertThat(effects.event()).isEqualTo(Event.ADMITTED);
        assertThat(effects.owner()).isEqualTo(owner(4_000, 1_000, 1, -1));
        assertThat(effects.entries())
                .containsExactly(
                        new LedgerEntry("acme/task-1/HOLD", OWNER, ESCROW, -1_000L, TransferKind.HOLD, TASK_ID, 0, NOW),
                        new LedgerEntry("acme/task-1/HOLD", ESCROW, OWNER, 1_000L, TransferKind.HOLD, TASK_ID, 0, NOW));
        assertThat(effects.balances())
                .containsExactly(
                        new AccountBalance(OWNER, 4_000L, NOW, null, null),
                        new AccountBalance(ESCROW, 1_000L, NOW, 1, QUOTA));
        assertThat(effects.hold()).isEqualTo(hold(1_000, false));
        assertThat(effects.offer()).isEqualTo(new TaskOffer(TASK, List.of(), 0L));
        assertThat(effects.credits()).isEmpty();
    }

    @Test
    void aTaskWithoutRewardCostsNothingButASlot() {
        var effects = apply(new AdmitTask(Samples.task(TENANT, TASK_ID, 0)), owner(0, 0, 0, -1), null);

        assertThat(effects.event()).isEqualTo(Event.ADMITTED);
        assertThat(effects.owner()).isEqualTo(owner(0, 0, 1, -1));
        assertThat(effects.entries()).isEmpty();
    }

    @Test
    void aTaskThatCannotBePaidIsRejected() {
        var effects = apply(new AdmitTask(TASK), owner(999, 0, 0, -1), null);

        assertThat(effects.event()).isEqualTo(Event.REJECTED);
        var status = requireNonNull(effects.rejected());
        assertThat(status.getState()).isEqualTo(TaskState.REJECTED);
        assertThat(status.getReason()).isEqualTo("the reward is 1000 micro-units, tenant acme has 999");
        assertThat(status.getUpdatedAtEpochMillis()).isEqualTo(NOW);
        assertNothingMoved(effects, owner(999, 0, 0, -1));
    }

    @Test
    void theDefaultQuotaHoldsUntilOneIsSet() {
        var full = apply(new AdmitTask(TASK), owner(5_000, 0, QUOTA, -1), null);
        var raised = apply(new AdmitTask(TASK), owner(5_000, 0, QUOTA, QUOTA + 1), null);
        var blocked = apply(new AdmitTask(TASK), owner(5_000, 0, 0, 0), null);

        assertThat(full.event()).isEqualTo(Event.REJECTED);
        assertThat(requireNonNull(full.rejected()).getReason())
                .isEqualTo("over quota: tenant acme has 2 tasks in flight, its quota is 2");
        assertThat(raised.event()).isEqualTo(Event.ADMITTED);
        assertThat(blocked.event()).isEqualTo(Event.REJECTED);
    }

    @Test
    void aRepeatedTaskIsIgnoredHoweverItWasSubmitted() {
        var again = Samples.task()
                .setSubmittedAtEpochMillis(9)
                .setSubmittedBy("retry")
                .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .build();

        for (var settled : List.of(true, false)) {
            var effects = apply(new AdmitTask(again), owner(5_000, 0, 0, -1), hold(1_000, settled));
            assertThat(effects.event()).isEqualTo(Event.REPEATED);
            assertThat(effects.refusals()).isEmpty();
            assertNothingMoved(effects, owner(5_000, 0, 0, -1));
        }
    }

    @Test
    void anotherTaskUnderAKnownIdIsADeadLetterAndNoStatus() {
        var other = Samples.task().setPriority(4).build();

        var effects = apply(new AdmitTask(other), owner(5_000, 0, 0, -1), hold(1_000, false));

        assertRefused(effects, "conflicting-task", "task-1");
        assertThat(effects.rejected()).isNull();
        assertNothingMoved(effects, owner(5_000, 0, 0, -1));
    }

    @Test
    void tasksTheBooksCannotStandOnAreRefused() {
        for (var bad : List.of(
                Samples.task().setTaskId("a/b").build(),
                Samples.task().setTenant("A").build(),
                Samples.task().setRewardMicros(-1).build(),
                Samples.task().setRewardMicros(Long.MAX_VALUE).build()))
            assertRefused(
                    apply(new AdmitTask(bad), new OwnerState("tenant:" + bad.getTenant(), 5L, 0L, 0, -1), null),
                    "out-of-range",
                    "");
    }

    @Test
    void passingOnKeepsTheHoldAndTheOffer() {
        var offer = new TaskOffer(TASK, List.of(3), 17L);

        var effects = apply(new PassOn(offer), owner(4_000, 1_000, 1, -1), hold(1_000, false));

        assertThat(effects.event()).isEqualTo(Event.PASSED_ON);
        assertThat(effects.offer()).isEqualTo(offer);
        assertThat(effects.entries()).isEmpty();
    }

    @Test
    void whatIsNotHeldIsNotPassedOn() {
        var pass = new PassOn(new TaskOffer(TASK, List.of(3), 17L));

        assertRefused(apply(pass, owner(0, 0, 0, -1), null), "unknown-task", TASK_ID);
        assertRefused(apply(pass, owner(0, 0, 0, -1), hold(1_000, true)), "unknown-task", TASK_ID);
    }

    @Test
    void settlingPaysTheNodesAndRefundsTheRest() {
        var effects =
                apply(settle(pay(NODE.id(), 400), pay(STRANGER.id(), 500)), owner(1, 1_000, 1, -1), hold(1_000, false));

        assertThat(effects.event()).isEqualTo(Event.SETTLED);
        assertThat(effects.owner()).isEqualTo(owner(101, 0, 0, -1));
        assertThat(effects.hold()).isEqualTo(hold(1_000, true));
        assertThat(effects.credits())
                .containsExactly(
                        new CreditAccount("node:" + NODE.id(), 400L), new CreditAccount("node:" + STRANGER.id(), 500L));
        assertThat(effects.entries())
                .extracting(LedgerEntry::getTransferId, LedgerEntry::getAccount, LedgerEntry::getAmountMicros)
                .containsExactly(
                        tuple("acme/task-1/2/PAY/" + NODE.id(), ESCROW, -400L),
                        tuple("acme/task-1/2/PAY/" + NODE.id(), "node:" + NODE.id(), 400L),
                        tuple("acme/task-1/2/PAY/" + STRANGER.id(), ESCROW, -500L),
                        tuple("acme/task-1/2/PAY/" + STRANGER.id(), "node:" + STRANGER.id(), 500L),
                        tuple("acme/task-1/2/REFUND", ESCROW, -100L),
                        tuple("acme/task-1/2/REFUND", OWNER, 100L));
        assertThat(effects.balances())
                .containsExactly(
                        new AccountBalance(ESCROW, 0L, NOW, 0, QUOTA),
                        new AccountBalance(OWNER, 101L, NOW, null, null));
    }

    @Test
    void aHoldIsSettledOnce() {
        var effects = apply(settle(pay(NODE.id(), 400)), owner(1, 0, 0, -1), hold(1_000, true));

        assertThat(effects.event()).isEqualTo(Event.REPEATED);
        assertNothingMoved(effects, owner(1, 0, 0, -1));
    }

    @Test
    void whatWasRefusedForWantOfRoomIsAdmittedAgainWithTransfersOfItsOwn() {
        var refused =
                apply(new SettleTask(TENANT, TASK_ID, 1, List.of(), true), owner(0, 1_000, 1, -1), hold(1_000, false));
        assertThat(requireNonNull(refused.hold()).getRejected()).isTrue();
        assertThat(refused.entries()).extracting(LedgerEntry::getTransferId).containsOnly("acme/task-1/1/REFUND");

        var again = apply(new AdmitTask(TASK), refused.owner(), refused.hold());
        assertThat(again.event()).isEqualTo(Event.ADMITTED);
        assertThat(requireNonNull(again.hold()).getAdmissions()).isEqualTo(2);
        assertThat(again.entries()).extracting(LedgerEntry::getTransferId).containsOnly("acme/task-1/HOLD/2");
        assertThat(again.offer()).isNotNull();
        assertThat(apply(new AdmitTask(TASK), again.owner(), again.hold()).event())
                .isEqualTo(Event.REPEATED);

        var paid = apply(settle(pay(NODE.id(), 1_000)), again.owner(), again.hold());
        assertThat(paid.entries())
                .extracting(LedgerEntry::getTransferId)
                .containsOnly("acme/task-1/2/PAY/" + NODE.id() + "/2");
        assertThat(apply(new AdmitTask(TASK), paid.owner(), paid.hold()).event())
                .as("a task that ran does not come again")
                .isEqualTo(Event.REPEATED);
    }

    @Test
    void moreThanWasHeldIsNotPaid() {
        var effects = apply(
                settle(pay(NODE.id(), 900), pay(STRANGER.id(), Long.MAX_VALUE)),
                owner(0, 1_000, 1, -1),
                hold(1_000, false));

        assertRefused(effects, "overpaid", "only 100 are left");
        assertThat(effects.event()).isEqualTo(Event.SETTLED);
        assertThat(effects.owner()).isEqualTo(owner(0, 0, 0, -1));
        assertThat(effects.credits())
                .containsExactly(
                        new CreditAccount("node:" + NODE.id(), 900L), new CreditAccount("node:" + STRANGER.id(), 100L));
    }

    @Test
    void paymentsToTheSameNodeAreOneTransfer() {
        var effects = apply(settle(pay(NODE.id(), 1), pay(NODE.id(), 2)), owner(0, 1_000, 1, -1), hold(1_000, false));

        assertThat(effects.credits()).containsExactly(new CreditAccount("node:" + NODE.id(), 3L));
        assertThat(effects.entries()).hasSize(4);
    }

    @Test
    void paymentsToNoNodeOrBelowZeroAreRefundedAndReported() {
        var effects = apply(settle(pay("mint", 10), pay(NODE.id(), -5)), owner(0, 1_000, 1, -1), hold(1_000, false));

        assertThat(effects.refusals()).extracting(Refusal::code).containsExactly("out-of-range", "out-of-range");
        assertThat(effects.event()).isEqualTo(Event.SETTLED);
        assertThat(effects.owner()).isEqualTo(owner(1_000, 0, 0, -1));
        assertThat(effects.credits()).isEmpty();
    }

    @Test
    void settlingWhatWasNeverHeldIsADeadLetter() {
        assertRefused(apply(settle(), owner(0, 0, 0, -1), null), "unknown-task", TASK_ID);
    }

    @Test
    void slashingTakesWhatIsThere() {
        var node = new OwnerState("node:" + NODE.id(), 300L, 0L, 0, -1);

        var some = apply(slash(200), node, null);
        var all = apply(slash(500), node, null);
        var nothing = apply(slash(500), new OwnerState("node:" + NODE.id(), 0L, 0L, 0, -1), null);

        assertThat(some.owner().getBalanceMicros()).isEqualTo(100);
        assertThat(some.credits()).containsExactly(new CreditAccount("treasury", 200L));
        assertThat(some.entries())
                .extracting(LedgerEntry::getTransferId, LedgerEntry::getAccount, LedgerEntry::getAmountMicros)
                .containsExactly(
                        tuple("task-1/2/SLASH/" + NODE.id(), "node:" + NODE.id(), -200L),
                        tuple("task-1/2/SLASH/" + NODE.id(), "treasury", 200L));
        assertThat(all.owner().getBalanceMicros()).isZero();
        assertThat(all.credits()).containsExactly(new CreditAccount("treasury", 300L));
        assertThat(nothing.entries()).isEmpty();
        assertRefused(apply(slash(-1), node, null), "out-of-range", "amountMicros");
    }

    @Test
    void creditsReachNodesTreasuryAndMint() {
        assertThat(apply(new CreditAccount("treasury", 5L), new OwnerState("treasury", 1L, 0L, 0, -1), null)
                        .balances())
                .containsExactly(new AccountBalance("treasury", 6L, NOW, null, null));
        assertThat(apply(new CreditAccount("mint", -5L), new OwnerState("mint", -1L, 0L, 0, -1), null)
                        .owner()
                        .getBalanceMicros())
                .isEqualTo(-6);
    }

    @Test
    void creditsThatNoTransferMakesAreRefused() {
        for (var account : List.of("tenant:acme", "escrow:acme", "node:x", "", "somebody"))
            assertRefused(
                    apply(new CreditAccount(account, 5L), new OwnerState(account, 0L, 0L, 0, -1), null),
                    "unknown-account",
                    account);
        assertRefused(
                apply(new CreditAccount("treasury", -5L), new OwnerState("treasury", 9L, 0L, 0, -1), null),
                "out-of-range",
                "sign");
        assertRefused(
                apply(new CreditAccount("mint", 5L), new OwnerState("mint", 0L, 0L, 0, -1), null),
                "out-of-range",
                "sign");
        assertRefused(
                apply(new CreditAccount("treasury", 1L), new OwnerState("treasury", Long.MAX_VALUE, 0L, 0, -1), null),
                "out-of-range",
                "overflow");
    }

    @Test
    void aGrantComesFromTheMintOnce() {
        var grant = new GrantFunds("g1", OWNER, 700L, "operator");

        var first = apply(grant, owner(0, 0, 0, -1), null);

        assertThat(first.owner()).isEqualTo(owner(700, 0, 0, -1));
        assertThat(first.credits()).containsExactly(new CreditAccount("mint", -700L));
        assertThat(first.entries())
                .extracting(LedgerEntry::getTransferId, LedgerEntry::getAccount, LedgerEntry::getAmountMicros)
                .containsExactly(
                        tuple("tenant:acme/g1/GRANT", "mint", -700L), tuple("tenant:acme/g1/GRANT", OWNER, 700L));
        assertThat(first.grant()).isNotNull();
        var known = new Books(first.owner(), null, first.grant());
        assertThat(Ledger.apply(new LedgerCommand(grant), known, QUOTA, NOW).event())
                .isEqualTo(Event.REPEATED);
        assertRefused(
                Ledger.apply(new LedgerCommand(new GrantFunds("g1", OWNER, 701L, "operator")), known, QUOTA, NOW),
                "conflicting-grant",
                "g1");
    }

    @Test
    void grantsThatCannotBeAreRefused() {
        for (var account : List.of("mint", "escrow:acme", "node:x", "tenant:A", "nobody"))
            assertRefused(
                    apply(new GrantFunds("g", account, 1L, ""), new OwnerState(account, 0L, 0L, 0, -1), null),
                    "unknown-account",
                    account);
        for (var amount : List.of(0L, -1L, Ledger.MAX_GRANT_MICROS + 1))
            assertRefused(
                    apply(new GrantFunds("g", OWNER, amount, ""), owner(0, 0, 0, -1), null), "out-of-range", "amount");
        for (var id : List.of("", "x".repeat(129)))
            assertRefused(
                    apply(new GrantFunds(id, OWNER, 1L, ""), owner(0, 0, 0, -1), null), "out-of-range", "grantId");
        assertRefused(
                apply(new GrantFunds("g", OWNER, 2L, ""), owner(Long.MAX_VALUE - 1, 0, 0, -1), null),
                "out-of-range",
                "overflow");
    }

    @Test
    void aQuotaIsSetWithinItsRange() {
        assertThat(apply(new TenantQuota(TENANT, 7), owner(1, 2, 3, -1), null).owner())
                .isEqualTo(owner(1, 2, 3, 7));
        for (var most : List.of(-1, Ledger.MAX_QUOTA + 1))
            assertRefused(
                    apply(new TenantQuota(TENANT, most), owner(1, 2, 3, -1), null), "out-of-range", "maxTasksInFlight");
        assertRefused(
                apply(new TenantQuota("No", 1), new OwnerState("tenant:No", 0L, 0L, 0, -1), null),
                "unknown-account",
                "No");
    }

    private static Effects apply(SpecificRecord body, OwnerState owner, @Nullable HeldReward hold) {
        return Ledger.apply(new LedgerCommand(body), new Books(owner, hold, null), QUOTA, NOW);
    }

    private static void assertRefused(Effects effects, String code, String part) {
        assertThat(effects.refusals()).hasSize(1);
        assertThat(effects.refusals().getFirst().code()).isEqualTo(code);
        assertThat(effects.refusals().getFirst().reason()).contains(part);
    }

    private static void assertNothingMoved(Effects effects, OwnerState before) {
        assertThat(effects.owner()).isEqualTo(before);
        assertThat(effects.entries()).isEmpty();
        assertThat(effects.credits()).isEmpty();
        assertThat(effects.offer()).isNull();
        assertThat(effects.hold()).isNull();
    }

    private static OwnerState owner(long balance, long held, int inFlight, int quota) {
        return new OwnerState(OWNER, balance, held, inFlight, quota);
    }

    private static HeldReward hold(long amount, boolean settled) {
        return new HeldReward(TENANT, TASK_ID, amount, settled, NOW, TaskDigest.of(TASK), false, 1);
    }

    private static SettleTask settle(Payment... payments) {
        return new SettleTask(TENANT, TASK_ID, 2, List.of(payments), false);
    }

    private static Payment pay(String nodeId, long amount) {
        return new Payment(nodeId, amount);
    }

    private static SlashNode slash(long amount) {
        return new SlashNode(NODE.id(), TASK_ID, 2, amount, "digest differs");
    }
}
