package org.ambientvcp.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.ambientvcp.events.Signed;
import org.ambientvcp.events.TaskStatus;
import org.ambientvcp.gateway.json.AvroToJson;
import org.ambientvcp.gateway.json.StrictJson;
import org.ambientvcp.gateway.kafka.LogReader;
import org.ambientvcp.gateway.kafka.LogRecord;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;

/// Reads what was signed about a task from the logs, when it is asked for. Anybody can put anything signed into those
/// topics, so each envelope says whether its signature holds; whether the signer matters is for the reader to judge.
final class EvidenceReader {
    /// How far the clocks of the machines may be apart.
    private static final long SKEW_MILLIS = 10 * 60_000;

    private static final int MOST_OF_A_KIND = 128;

    private final LogReader logs;

    EvidenceReader(LogReader logs) {
        this.logs = logs;
    }

    ObjectNode of(TaskStatus status) {
        var evidence = StrictJson.newObject().put("taskId", status.getTaskId());
        signed(evidence.putArray("commitments"), Topics.COMMITMENTS, Domain.COMMITMENT, status);
        signed(evidence.putArray("results"), Topics.RESULTS, Domain.RESULT, status);
        signed(evidence.putArray("traces"), Topics.TRACES, Domain.TRACE, status);
        signed(evidence.putArray("verdicts"), Topics.VERDICTS, Domain.VERDICT, status);
        var jobs = evidence.putArray("jobs");
        for (var job : read(Topics.VERIFICATIONS, status)) {
            if (!job.value().getTask().getTenant().equals(status.getTenant())) continue;
            var one = place(jobs, job);
            one.put("singleObject", Base64.getEncoder().encodeToString(SingleObject.encode(job.value())));
            one.set("event", AvroToJson.of(job.value()));
        }
        return evidence;
    }

    private <T extends SpecificRecord> void signed(
            ArrayNode list, Topic<Signed> topic, Domain<T> domain, TaskStatus status) {
        for (var found : read(topic, status)) {
            var one = place(list, found);
            one.set("signed", AvroToJson.of(found.value()));
            switch (SignedEvents.open(domain, found.value())) {
                case Opened.Valid<T> valid -> {
                    one.put("valid", true);
                    one.set("event", AvroToJson.of(valid.event()));
                }
                case Opened.Refused<T> refused ->
                    one.put("valid", false).put("reason", refused.code() + ": " + refused.reason());
            }
        }
    }

    private <V extends SpecificRecord> List<LogRecord<V>> read(Topic<V> topic, TaskStatus status) {
        var finished = status.getFinishedAtEpochMillis();
        return logs.between(
                topic,
                status.getTaskId(),
                status.getSubmittedAtEpochMillis() - SKEW_MILLIS,
                finished == null ? Long.MAX_VALUE : finished + SKEW_MILLIS,
                MOST_OF_A_KIND);
    }

    private static ObjectNode place(ArrayNode list, LogRecord<?> record) {
        return list.addObject()
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("timestampEpochMillis", record.timestampEpochMillis());
    }
}
