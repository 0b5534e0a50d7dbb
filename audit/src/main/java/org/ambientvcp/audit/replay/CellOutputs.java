package org.ambientvcp.audit.replay;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.audit.log.LogPartition;
import org.ambientvcp.audit.log.LoggedRecord;
import org.ambientvcp.scheduler.Refusal;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Topics;

/// The records that the scheduler writes for a command to a cell, in its order.
public final class CellOutputs {
    private static final String SERVICE = "scheduler-stream";

    private CellOutputs() {}

    public static List<Expected> of(Effects effects, int cell, LogPartition place, LoggedRecord input) {
        var at = input.eventTime();
        var outputs = new ArrayList<Expected>();
        for (var output : effects.assignments())
            outputs.add(new Expected(Topics.ASSIGNMENTS, cell, output.key(), output.value(), at));
        for (var output : effects.statuses())
            outputs.add(Expected.byKey(Topics.TASK_STATUS, output.key(), output.value(), at));
        for (var output : effects.verifications())
            outputs.add(Expected.byKey(Topics.VERIFICATIONS, output.key(), output.value(), at));
        for (var output : effects.ledger())
            outputs.add(Expected.byKey(Topics.LEDGER_COMMANDS, output.key(), output.value(), at));
        for (var output : effects.reputations())
            outputs.add(Expected.byKey(Topics.REPUTATION, output.key(), output.value(), at));
        for (var output : effects.homes())
            outputs.add(Expected.byKey(Topics.NODE_CELLS, output.key(), output.value(), at));
        for (var command : effects.commands())
            outputs.add(new Expected(Topics.CELL_COMMANDS, command.cell(), command.key(), command.command(), at));
        for (var refusal : effects.refusals()) outputs.add(deadLetter(refusal, place, input));
        return outputs;
    }

    public static Expected deadLetter(Refusal refusal, LogPartition place, LoggedRecord input) {
        return deadLetter(refusal.code(), refusal.reason(), SERVICE, place, input);
    }

    static Expected deadLetter(String code, String reason, String service, LogPartition place, LoggedRecord input) {
        var letter = DeadLetters.of(
                place.topic().name(),
                place.partition(),
                input.offset(),
                input.eventTime(),
                input.key(),
                input.value(),
                code,
                reason,
                service);
        return Expected.byKey(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter, input.eventTime());
    }
}
