package org.ambientvcp.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.MalformedEventException;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts records that cannot be decoded into the dead letters, in the transaction that moves past them.
/// Anything else, a registry that does not answer above all, is no fault of the record and stops the thread.
public final class DeadLetterHandler implements DeserializationExceptionHandler {
    /// Setting: the [SchemaRegistry] to write dead letters with.
    public static final String REGISTRY = "vcp.registry";
    /// Setting: the service's name.
    public static final String SERVICE = "vcp.service";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private AvroSerde<DeadLetter> serde = AvroSerde.of(Topics.DEAD_LETTERS, SchemaRegistry.inMemory());
    private String service = "";

    @Override
    public void configure(Map<String, ?> configs) {
        serde = AvroSerde.of(
                Topics.DEAD_LETTERS, (SchemaRegistry) Objects.requireNonNull(configs.get(REGISTRY), REGISTRY));
        service = (String) Objects.requireNonNull(configs.get(SERVICE), SERVICE);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        var malformed = malformed(exception);
        if (malformed == null) return Response.fail();
        var letter = DeadLetters.of(record, "undecodable", String.valueOf(malformed.getMessage()), service);
        LOG.atWarn()
                .addKeyValue("origin", DeadLetters.key(letter))
                .addKeyValue("reason", letter.getReason())
                .log("record cannot be decoded");
        // A global table has no producer to write with, and every instance reads the record: the log has to do.
        if (context.taskId().subtopology() < 0) return Response.resume();
        return Response.resume(List.of(new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(),
                DeadLetters.key(letter).getBytes(StandardCharsets.UTF_8),
                serde.serialize(Topics.DEAD_LETTERS.name(), letter))));
    }

    private static @Nullable MalformedEventException malformed(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause())
            if (cause instanceof MalformedEventException malformed) return malformed;
        return null;
    }
}
