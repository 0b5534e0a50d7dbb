package org.ambientvcp.schemas;

import java.time.Duration;

/// The topic catalogue as the page docs/topics.md.
final class TopicsDocument {
    private TopicsDocument() {}

    static String text() {
        var page = new StringBuilder("""
            # Topics

            Written from `Topics` in the module `schemas`, and checked against it by `TopicDocumentsTest`; do not edit.
            The same as AsyncAPI 3.0: [asyncapi.json](asyncapi.json). The records are in `schemas/src/main/avro`;
            how they may change is in [contracts.md](contracts.md).

            Keys are UTF-8 strings. Values are Avro in the Confluent wire format: 0x00, the 4-byte schema id, Avro
            binary; the subject is the topic's name and `-value`. `Signed(X)` is the envelope `Signed` with an X as its
            payload. Every record has the CloudEvents headers `ce_specversion`, `ce_id`, `ce_type`, `ce_source`,
            `ce_time` and `content-type`, and `traceparent` where there is a trace.

            | topic | key | value | partition | cleanup | kept | written by | purpose |
            |---|---|---|---|---|---|---|---|
            """);
        for (var topic : Topics.all())
            page.append("| `%s` | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            topic.name(),
                            topic.key(),
                            value(topic),
                            switch (topic.partitioning()) {
                                case BY_KEY -> "by key";
                                case BY_CELL -> "the cell";
                            },
                            cleanup(topic),
                            kept(topic),
                            topic.writers(),
                            topic.purpose()));
        page.append("""

            ## Settings

            `vcp topics create` makes the topics with these settings. With more than one replica, `min.insync.replicas` is
            one less than the replicas: what is acknowledged survives the loss of one broker.

            | topic | cleanup.policy | retention.ms | max.message.bytes | message.timestamp.type |
            |---|---|---|---|---|
            """);
        for (var topic : Topics.all()) {
            var settings = TopicAdmin.newTopic(topic, new TopicAdmin.Layout(1, 1, (short) 1))
                    .configs();
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            topic.name(),
                            settings.get("cleanup.policy"),
                            settings.get("retention.ms"),
                            settings.get("max.message.bytes"),
                            settings.getOrDefault("message.timestamp.type", "CreateTime")));
        }
        return page.toString();
    }

    static String partitioning(Topic<?> topic) {
        return switch (topic.partitioning()) {
            case BY_KEY -> "Partitioned by the key's hash.";
            case BY_CELL -> "The partition is the cell.";
        };
    }

    private static String value(Topic<?> topic) {
        var type = topic.type().getSimpleName();
        return topic.payload() == null
                ? type
                : type + "(" + topic.payload().payload().getSimpleName() + ")";
    }

    private static String cleanup(Topic<?> topic) {
        return switch (topic.cleanup()) {
            case DELETE -> "delete";
            case COMPACT -> "compact";
            case COMPACT_AND_DELETE -> "compact, delete";
        };
    }

    private static String kept(Topic<?> topic) {
        var retention = topic.retention();
        return switch (topic.cleanup()) {
            case COMPACT -> "latest of each key";
            case DELETE -> retention == null ? "for ever" : days(retention);
            case COMPACT_AND_DELETE -> "latest of each key" + (retention == null ? "" : ", " + days(retention));
        };
    }

    private static String days(Duration retention) {
        return retention.toDays() + " days";
    }
}
