package org.ambientvcp.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.Bytes;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Records as JSON: an object with the Avro fields by name. Pure functions.
///
/// Bytes are base64, enums their names, a union is the value that it holds. Three records have a shorter form:
/// [WasmValue] is a text, [WasiEntry] is `{"wasi":[…]}`, [InlineBytes] is `{"base64":"…"}`.
public final class AvroToJson {
    private AvroToJson() {}

    public static ObjectNode of(SpecificRecord event) {
        var object = StrictJson.newObject();
        switch (event) {
            case InlineBytes inline -> object.put("base64", base64(inline.getBytes()));
            case WasiEntry program -> object.set("wasi", value(program.getArguments()));
            default -> {
                for (var field : event.getSchema().getFields()) object.set(field.name(), value(event.get(field.pos())));
            }
        }
        return object;
    }

    public static ArrayNode array(Collection<? extends SpecificRecord> events) {
        var array = JsonNodeFactory.instance.arrayNode(events.size());
        for (var event : events) array.add(of(event));
        return array;
    }

    private static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> NullNode.instance;
            case WasmValue number -> TextNode.valueOf(WasmValueText.of(number));
            case SpecificRecord event -> of(event);
            case Enum<?> constant -> TextNode.valueOf(constant.name());
            case CharSequence text -> TextNode.valueOf(text.toString());
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case Boolean flag -> BooleanNode.valueOf(flag);
            case ByteBuffer bytes -> BinaryNode.valueOf(Bytes.of(bytes));
            case Collection<?> items -> {
                var array = JsonNodeFactory.instance.arrayNode(items.size());
                for (var item : items) array.add(value(item));
                yield array;
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static String base64(ByteBuffer bytes) {
        return Base64.getEncoder().encodeToString(Bytes.of(bytes));
    }
}
