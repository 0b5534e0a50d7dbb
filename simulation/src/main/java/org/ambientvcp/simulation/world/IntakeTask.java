package org.ambientvcp.simulation.world;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.Task;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.intake.Decision;
import org.ambientvcp.scheduler.intake.EvidenceIntake;
import org.ambientvcp.scheduler.intake.TaskIntake;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Situation;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;

/// The intake's task for one partition of one of its topics: at least once, without memory.
final class IntakeTask extends StreamTask {
    private static final long COMMIT_MILLIS = 100;

    private final Topic<?> topic;
    private final EvidenceIntake evidence;
    /// The end of what was ever processed.
    private long seen;

    IntakeTask(World world, Topic<?> topic, int partition, Set<String> trustedVerifiers) {
        super(
                world,
                "intake of " + topic.name() + "-" + partition,
                List.of(world.broker.partition(topic, partition)),
                false,
                COMMIT_MILLIS);
        this.topic = topic;
        evidence = new EvidenceIntake(world.profile.cells(), trustedVerifiers);
    }

    @Override
    Instance restore() {
        return new Instance(this) {
            @Override
            void process(Partition from, Entry entry) {
                if (entry.offset() < seen) world.coverage.count(Situation.INTAKE_REPEATED);
                seen = Math.max(seen, entry.offset() + 1);
                switch (decide(entry)) {
                    case Decision.Admit(var owner, var command, var _) ->
                        send(world.broker.partition(Topics.LEDGER_COMMANDS, owner), owner, command);
                    case Decision.Forward(var cell, var taskId, var command) ->
                        send(world.broker.partition(Topics.CELL_COMMANDS, cell), taskId, command);
                    case Decision.Rejected(var status) -> {
                        var key = Topics.taskStatusKey(status.getTenant(), status.getTaskId());
                        send(world.broker.partition(Topics.TASK_STATUS, key), key, status);
                    }
                    case Decision.Refused(var refusal) -> {
                        var letter = letter(from, entry, refusal, "intake");
                        var key = DeadLetters.key(letter);
                        send(world.broker.partition(Topics.DEAD_LETTERS, key), key, letter);
                    }
                }
            }
        };
    }

    private Decision decide(Entry entry) {
        if (entry.value() == null) return new Decision.Refused(new Refusal("undecodable", "no record"));
        if (topic.equals(Topics.TASKS)) return TaskIntake.decide(entry.key(), (Task) entry.value(), entry.timeMillis());
        var signed = (Signed) requireNonNull(entry.value());
        if (topic.equals(Topics.COMMITMENTS)) return evidence.commitment(entry.key(), signed);
        return topic.equals(Topics.RESULTS)
                ? evidence.result(entry.key(), signed)
                : evidence.verdict(entry.key(), signed);
    }

    static DeadLetter letter(Partition from, Entry entry, Refusal refusal, String service) {
        return DeadLetters.of(
                from.topic(),
                from.number(),
                entry.offset(),
                entry.timeMillis(),
                null,
                null,
                refusal.code(),
                refusal.reason(),
                service);
    }
}
