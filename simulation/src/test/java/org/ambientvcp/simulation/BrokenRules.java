package org.ambientvcp.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ambientvcp.events.AdmitTask;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.CellTask;
import org.ambientvcp.events.LedgerCommand;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.NodeUpdate;
import org.ambientvcp.events.Payment;
import org.ambientvcp.events.ResultReceived;
import org.ambientvcp.events.SettleTask;
import org.ambientvcp.events.SlashNode;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.events.TenantTurn;
import org.ambientvcp.events.Tick;
import org.ambientvcp.events.VerdictOutcome;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.scheduler.cell.CellSnapshot;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.Output;
import org.ambientvcp.scheduler.ledger.Books;
import org.ambientvcp.simulation.checks.CellRule;
import org.ambientvcp.simulation.checks.Law;
import org.ambientvcp.simulation.checks.Rules;
import org.ambientvcp.verifier.rules.Judgement;
import org.ambientvcp.verifier.rules.Outputs;
import org.ambientvcp.verifier.rules.Reexecution;

/// Rules with one mistake each, and the law that must notice it.
enum BrokenRules implements Rules {
    /// Settlements pay the first node twice.
    PAYS_TWICE(Law.PAID_RIGHTLY) {
        @Override
        Effects after(Broken cell, Effects effects) {
            return with(effects, mapped(effects.ledger(), BrokenRules::twice));
        }
    },
    /// Rewards of failed tasks are neither paid nor given back.
    FORGETS_TO_SETTLE(Law.SETTLED_ONCE) {
        @Override
        Effects after(Broken cell, Effects effects) {
            var kept = effects.ledger().stream()
                    .filter(output -> !(output.value().getBody() instanceof SettleTask settle)
                            || !settle.getPayments().isEmpty())
                    .toList();
            return with(effects, kept);
        }
    },
    /// A result counts for the lease that holds now, whatever lease it names.
    IGNORES_THE_LEASE_EPOCH(Law.NO_STALE_LEASE) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof ResultReceived result ? cell.ofTheLeaseThatHolds(result) : command;
        }
    },
    /// A breaker that is open is taken for closed.
    LEASES_TO_OPEN_BREAKERS(Law.WORK_TO_AVAILABLE_NODES) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof NodeUpdate update
                    ? new CellCommand(NodeUpdate.newBuilder(update)
                            .setBreaker(Breaker.CLOSED)
                            .build())
                    : command;
        }
    },
    /// Nodes live for ever.
    LEASES_TO_THE_DEAD(Law.WORK_TO_AVAILABLE_NODES) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof NodeUpdate update && update.getLeaseMillis() > 0
                    ? new CellCommand(NodeUpdate.newBuilder(update)
                            .setLeaseMillis(1_000_000_000)
                            .build())
                    : command;
        }
    },
    /// Every node has a slot more than it says.
    OVERBOOKS(Law.SLOTS_NOT_OVERBOOKED) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof NodeUpdate update
                    ? new CellCommand(NodeUpdate.newBuilder(update)
                            .setSlots(update.getSlots() + 1)
                            .build())
                    : command;
        }
    },
    /// Some offers fall on the floor.
    LOSES_OFFERS(Law.NOTHING_LOST) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof TaskOffer offer
                            && Math.floorMod(offer.getTask().getTaskId().hashCode(), 5) == 0
                    ? new CellCommand(new Tick(0L))
                    : command;
        }
    },
    /// After a restart nobody thinks of tasks that were to be tried again.
    LOSES_RETRIES(Law.PROGRESS) {
        @Override
        CellSnapshot restored(CellSnapshot stored) {
            var tasks = new ArrayList<CellTask>();
            for (var task : stored.tasks())
                tasks.add(
                        task.getState() == TaskState.QUEUED && task.getAttempt() > 1
                                ? CellTask.newBuilder(task)
                                        .setNotBeforeEpochMillis(Long.MAX_VALUE)
                                        .build()
                                : task);
            return new CellSnapshot(
                    stored.meta(), stored.nodes(), tasks, stored.finished(), stored.turns(), stored.departed());
        }

        @Override
        boolean restoresAlways() {
            return true;
        }
    },
    /// Low priorities are served as the highest.
    TURNS_PRIORITIES_ROUND(Law.PRIORITY) {
        @Override
        CellCommand before(Broken cell, CellCommand command) {
            return command.getBody() instanceof TaskOffer offer ? cell.turnedRound(offer) : command;
        }

        @Override
        Effects after(Broken cell, Effects effects) {
            return cell.withOldPriorities(effects);
        }
    },
    /// A tenant keeps its turn.
    UNFAIR_TURNS(Law.FAIRNESS) {
        @Override
        CellSnapshot restored(CellSnapshot stored) {
            var turns = new ArrayList<TenantTurn>();
            for (var turn : stored.turns())
                turns.add(new TenantTurn(
                        turn.getPriority(),
                        turn.getTenant(),
                        turn.getTenant().equals("t0") ? 0 : turn.getTurn() + 1_000));
            return new CellSnapshot(
                    stored.meta(), stored.nodes(), stored.tasks(), stored.finished(), turns, stored.departed());
        }

        @Override
        boolean restoresAlways() {
            return true;
        }
    },
    /// Cheats are let off.
    SLASHES_NOBODY(Law.CHEATS_SLASHED) {
        @Override
        Effects after(Broken cell, Effects effects) {
            var kept = effects.ledger().stream()
                    .filter(output -> !(output.value().getBody() instanceof SlashNode))
                    .toList();
            return with(effects, kept);
        }
    },
    /// A verifier believes everything it is shown.
    BELIEVES_EVERYTHING(Law.TRUTH) {
        @Override
        public Judgement verify(VerificationJob job, Outputs outputs, Reexecution reexecution) {
            var believed = VerificationJob.newBuilder(job).setReexecute(false).build();
            var judgement = super.verify(believed, outputs, reexecution);
            return judgement instanceof Judgement.Decided decided && decided.outcome() == VerdictOutcome.ACCEPTED
                    ? new Judgement.Decided(
                            decided.outcome(), decided.reason(), decided.findings(), decided.resultDigest(), true)
                    : judgement;
        }
    },
    /// A verifier calls every other result wrong.
    SUSPECTS_THE_HONEST(Law.HONEST_UNHARMED) {
        @Override
        public Judgement verify(VerificationJob job, Outputs outputs, Reexecution reexecution) {
            return super.verify(job, outputs, task -> {
                var run = reexecution.run(task);
                return new TaskRun(
                        run.outcome(),
                        run.exitCode() + 1,
                        run.reason(),
                        run.values(),
                        run.output(),
                        run.stderr(),
                        run.gasUsed(),
                        run.instructions(),
                        run.peakMemoryPages(),
                        run.traceDigest(),
                        run.checkpointGas(),
                        run.checkpoints());
            });
        }
    },
    /// The other entry of a payment is one micro-unit short.
    LEAKS_MONEY(Law.SUM_IS_ZERO) {
        @Override
        public org.ambientvcp.scheduler.ledger.Effects ledger(LedgerCommand command, Books books, int quota, long at) {
            var effects = super.ledger(command, books, quota, at);
            if (effects.entries().isEmpty()) return effects;
            var entries = new ArrayList<>(effects.entries());
            var last = entries.removeLast();
            entries.add(LedgerEntry.newBuilder(last)
                    .setAmountMicros(last.getAmountMicros() - 1)
                    .build());
            return new org.ambientvcp.scheduler.ledger.Effects(
                    effects.event(),
                    effects.owner(),
                    effects.hold(),
                    effects.grant(),
                    entries,
                    effects.balances(),
                    effects.credits(),
                    effects.offer(),
                    effects.rejected(),
                    effects.refusals());
        }
    },
    /// A task is admitted as often as it comes.
    ADMITS_AGAIN(Law.TRANSFERS_UNIQUE) {
        @Override
        public org.ambientvcp.scheduler.ledger.Effects ledger(LedgerCommand command, Books books, int quota, long at) {
            return command.getBody() instanceof AdmitTask
                    ? super.ledger(command, new Books(books.owner(), null, books.grant()), quota, at)
                    : super.ledger(command, books, quota, at);
        }
    },
    /// The state has something in memory that no store has.
    FORGETS_WITH_A_RESTART(Law.REBUILT_IS_RUNNING) {
        @Override
        CellSnapshot restored(CellSnapshot stored) {
            var nodes = new ArrayList<>(stored.nodes());
            if (nodes.size() > 1) nodes.removeLast();
            return new CellSnapshot(
                    stored.meta(), nodes, stored.tasks(), stored.finished(), stored.turns(), stored.departed());
        }
    };

    /// Who has to notice.
    final Law law;

    BrokenRules(Law law) {
        this.law = law;
    }

    CellCommand before(Broken cell, CellCommand command) {
        return command;
    }

    Effects after(Broken cell, Effects effects) {
        return effects;
    }

    CellSnapshot restored(CellSnapshot stored) {
        return stored;
    }

    boolean restoresAlways() {
        return false;
    }

    @Override
    public CellRule cell(int cell, CellSnapshot stored) {
        return new Broken(cell, this, restored(stored));
    }

    @Override
    public org.ambientvcp.scheduler.ledger.Effects ledger(LedgerCommand command, Books books, int quota, long at) {
        return REAL.ledger(command, books, quota, at);
    }

    @Override
    public Judgement verify(VerificationJob job, Outputs outputs, Reexecution reexecution) {
        return REAL.verify(job, outputs, reexecution);
    }

    private static Effects with(Effects effects, List<Output<LedgerCommand>> ledger) {
        return new Effects(
                effects.assignments(),
                effects.statuses(),
                effects.verifications(),
                ledger,
                effects.reputations(),
                effects.refusals(),
                effects.changes(),
                effects.ignored(),
                effects.commands(),
                effects.homes());
    }

    private static List<Output<LedgerCommand>> mapped(
            List<Output<LedgerCommand>> ledger, UnaryOperator<LedgerCommand> change) {
        return ledger.stream()
                .map(output -> new Output<>(output.key(), change.apply(output.value()), output.traceparent()))
                .toList();
    }

    private static LedgerCommand twice(LedgerCommand command) {
        if (!(command.getBody() instanceof SettleTask settle)
                || settle.getPayments().isEmpty()) return command;
        var payments = new ArrayList<Payment>(settle.getPayments());
        payments.add(payments.getFirst());
        return new LedgerCommand(new SettleTask(
                settle.getTenant(), settle.getTaskId(), settle.getAttempt(), payments, settle.getRejected()));
    }
}
