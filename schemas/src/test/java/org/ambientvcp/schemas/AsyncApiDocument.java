package org.ambientvcp.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.Schema;

/// The topic catalogue as an AsyncAPI 3.0 document, for tools that read one.
final class AsyncApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";
    private static final Map<String, String> HEADERS = Map.of(
            "ce_specversion",
            "CloudEvents version, 1.0",
            "ce_id",
            "start of the value's SHA-256: a repeated event has the id it had before",
            "ce_type",
            "org.ambientvcp. and the topic's name",
            "ce_source",
            "the service or node that produced it",
            "ce_time",
            "RFC 3339, when it was produced",
            "content-type",
            "application/avro",
            EventHeaders.TRACEPARENT,
            "W3C trace context, where there is one");

    private AsyncApiDocument() {}

    static String text() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
    }

    private static ObjectNode document() throws JsonProcessingException {
        var document = JSON.createObjectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Ambient VCP")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Events of a pipeline that runs WASM programs on untrusted machines. Values are Avro in the"
                                + " Confluent wire format: 0x00, the 4-byte schema id, Avro binary.");
        document.put("defaultContentType", "application/avro");
        var channels = document.putObject("channels");
        var components = document.putObject("components");
        var messages = components.putObject("messages");
        var schemas = components.putObject("schemas");
        for (var topic : Topics.all()) {
            channels.set(topic.name(), channel(topic));
            messages.set(messageName(topic), message(topic));
        }
        schemas.set("headers", headers());
        return document;
    }

    private static ObjectNode channel(Topic<?> topic) {
        var channel = JSON.createObjectNode()
                .put("address", topic.name())
                .put("title", topic.name())
                .put("summary", topic.purpose())
                .put("description", "Written by " + topic.writers() + ". " + TopicsDocument.partitioning(topic));
        channel.putObject("messages")
                .putObject(messageName(topic))
                .put("$ref", "#/components/messages/" + messageName(topic));
        var settings = TopicAdmin.newTopic(topic, new TopicAdmin.Layout(1, 1, (short) 1))
                .configs();
        var configuration = channel.putObject("bindings")
                .putObject("kafka")
                .put("topic", topic.name())
                .put("bindingVersion", "0.5.0")
                .putObject("topicConfiguration");
        var cleanup = configuration.putArray("cleanup.policy");
        if (topic.cleanup() != Topic.Cleanup.DELETE) cleanup.add("compact");
        if (topic.cleanup() != Topic.Cleanup.COMPACT) cleanup.add("delete");
        for (var name : new String[] {"retention.ms", "max.message.bytes"})
            configuration.put(name, Long.parseLong(settings.getOrDefault(name, "")));
        return channel;
    }

    private static ObjectNode message(Topic<?> topic) throws JsonProcessingException {
        var message = JSON.createObjectNode()
                .put("name", messageName(topic))
                .put("title", messageName(topic))
                .put("summary", topic.purpose())
                .put("contentType", "application/avro");
        message.putObject("headers").put("$ref", "#/components/schemas/headers");
        message.putObject("payload").put("schemaFormat", AVRO).set("schema", json(AvroCodec.schema(topic.type())));
        var domain = topic.payload();
        if (domain != null) {
            var signed = message.putObject("x-signed-payload");
            signed.put("domain", domain.name()).put("schemaFormat", AVRO);
            signed.set("schema", json(AvroCodec.schema(domain.payload())));
        }
        var kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", topic.key());
        kafka.put("schemaIdLocation", "payload")
                .put("schemaIdPayloadEncoding", "confluent")
                .put("schemaLookupStrategy", "TopicIdStrategy")
                .put("bindingVersion", "0.5.0");
        return message;
    }

    private static ObjectNode headers() {
        var schema = JSON.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        HEADERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(header -> properties
                        .putObject(header.getKey())
                        .put("type", "string")
                        .put("description", header.getValue()));
        return schema;
    }

    private static String messageName(Topic<?> topic) {
        return topic.payload() == null
                ? topic.type().getSimpleName()
                : "Signed" + topic.payload().payload().getSimpleName();
    }

    private static ObjectNode json(Schema schema) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(schema.toString());
    }
}
