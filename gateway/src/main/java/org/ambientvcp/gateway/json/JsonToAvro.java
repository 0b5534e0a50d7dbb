package org.ambientvcp.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ambientvcp.events.BlobRef;
import org.ambientvcp.events.FunctionEntry;
import org.ambientvcp.events.InlineBytes;
import org.ambientvcp.events.WasiEntry;
import org.ambientvcp.events.WasmValue;
import org.ambientvcp.schemas.AvroCodec;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Strictly reads what [AvroToJson] writes. Pure functions.
///
/// A field that is not in the schema is an error that names it; one that is missing takes the schema's default; a
/// record whose fields all have defaults may be missing itself. Numbers are whole numbers. Input bytes may also
/// be `{"text":"…"}`, as UTF-8, and a blob may leave out its size, which is then [#SIZE_UNKNOWN].
public final class JsonToAvro {
    public static final long SIZE_UNKNOWN = -1;

    private JsonToAvro() {}

    /// @throws InvalidJsonException naming the first field that is wrong
    public static <T extends SpecificRecord> T read(Class<T> type, ObjectNode json) {
        return type.cast(readRecord(AvroCodec.schema(type), json, ""));
    }

    private static SpecificRecord readRecord(Schema schema, JsonNode json, String path) {
        if (!(json instanceof ObjectNode object)) throw wrong(path, "is not an object", json);
        requireOnly(object, schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet()), path);
        var created =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (var field : schema.getFields())
            created.put(field.pos(), readField(field, object.get(field.name()), join(path, field.name())));
        return created;
    }

    private static @Nullable Object readField(Schema.Field field, @Nullable JsonNode json, String path) {
        if (json != null) return read(field.schema(), json, path);
        if (field.hasDefaultValue())
            return SpecificData.get()
                    .deepCopy(field.schema(), SpecificData.get().getDefaultValue(field));
        if (field.schema().getType() == Schema.Type.RECORD
                && field.schema().getFields().stream().allMatch(Schema.Field::hasDefaultValue))
            return readRecord(field.schema(), StrictJson.newObject(), path);
        throw new InvalidJsonException(path, "is missing");
    }

    private static @Nullable Object read(Schema schema, JsonNode json, String path) {
        return switch (schema.getType()) {
            case RECORD ->
                schema.getName().equals("WasmValue") ? wasmValue(json, path) : readRecord(schema, json, path);
            case UNION -> readUnion(schema, json, path);
            case ARRAY -> readArray(schema.getElementType(), json, path);
            case ENUM -> readEnum(schema, json, path);
            case STRING -> text(json, path);
            case BYTES -> base64(json, path);
            case BOOLEAN -> {
                if (!json.isBoolean()) throw wrong(path, "is not true or false", json);
                yield json.booleanValue();
            }
            case INT -> {
                if (!json.isIntegralNumber() || !json.canConvertToInt())
                    throw wrong(path, "is not a whole number of 32 bits", json);
                yield json.intValue();
            }
            case LONG -> number(json, path);
            case NULL, MAP, FIXED, FLOAT, DOUBLE ->
                throw new IllegalArgumentException("no record of ours has a " + schema.getType());
        };
    }

    private static @Nullable Object readUnion(Schema union, JsonNode json, String path) {
        var branches = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (json.isNull() && branches.size() < union.getTypes().size()) return null;
        if (branches.size() == 1) return read(branches.getFirst(), json, path);
        if (!(json instanceof ObjectNode object)) throw wrong(path, "is not an object", json);
        var names = branches.stream().map(Schema::getName).collect(Collectors.toSet());
        if (names.equals(Set.of("FunctionEntry", "WasiEntry"))) return entry(object, path);
        if (names.equals(Set.of("InlineBytes", "BlobRef"))) return content(object, path);
        throw new IllegalArgumentException("no JSON for the union " + union);
    }

    private static SpecificRecord entry(ObjectNode json, String path) {
        if (json.has("wasi")) {
            requireOnly(json, Set.of("wasi"), path);
            var arguments = readArray(Schema.create(Schema.Type.STRING), json.get("wasi"), join(path, "wasi"));
            return new WasiEntry(arguments.stream().map(String.class::cast).toList());
        }
        if (json.has("function")) return readRecord(FunctionEntry.getClassSchema(), json, path);
        throw new InvalidJsonException(path, "is neither {\"function\":…,\"arguments\":[…]} nor {\"wasi\":[…]}");
    }

    private static SpecificRecord content(ObjectNode json, String path) {
        var forms = Stream.of("base64", "text", "sha256").filter(json::has).toList();
        if (forms.size() != 1)
            throw new InvalidJsonException(path, "is not one of {\"base64\":…}, {\"text\":…}, {\"sha256\":…}");
        var form = forms.getFirst();
        requireOnly(json, form.equals("sha256") ? Set.of("sha256", "sizeBytes") : Set.of(form), path);
        var value = json.get(form);
        var place = join(path, form);
        return switch (form) {
            case "base64" -> new InlineBytes(base64(value, place));
            case "text" -> new InlineBytes(ByteBuffer.wrap(text(value, place).getBytes(StandardCharsets.UTF_8)));
            default ->
                new BlobRef(
                        text(value, place),
                        json.has("sizeBytes") ? number(json.get("sizeBytes"), join(path, "sizeBytes")) : SIZE_UNKNOWN);
        };
    }

    private static List<@Nullable Object> readArray(Schema items, JsonNode json, String path) {
        if (!(json instanceof ArrayNode array)) throw wrong(path, "is not an array", json);
        var list = new ArrayList<@Nullable Object>(array.size());
        for (var i = 0; i < array.size(); i++) list.add(read(items, array.get(i), path + "[" + i + "]"));
        return list;
    }

    private static Object readEnum(Schema schema, JsonNode json, String path) {
        if (!json.isTextual() || !schema.hasEnumSymbol(json.textValue()))
            throw wrong(path, "is not one of " + String.join(", ", schema.getEnumSymbols()), json);
        return SpecificData.get().createEnum(json.textValue(), schema);
    }

    private static WasmValue wasmValue(JsonNode json, String path) {
        if (!json.isTextual()) throw wrong(path, "is not a text such as \"i32:5\"", json);
        try {
            return WasmValueText.parse(json.textValue());
        } catch (IllegalArgumentException malformed) {
            throw new InvalidJsonException(path, String.valueOf(malformed.getMessage()));
        }
    }

    private static long number(JsonNode json, String path) {
        if (!json.isIntegralNumber() || !json.canConvertToLong())
            throw wrong(path, "is not a whole number of 64 bits", json);
        return json.longValue();
    }

    private static String text(JsonNode json, String path) {
        if (!json.isTextual()) throw wrong(path, "is not a text", json);
        var text = json.textValue();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) // half of a surrogate pair, written as an escape
        throw new InvalidJsonException(path, "is not valid Unicode");
        return text;
    }

    private static ByteBuffer base64(JsonNode json, String path) {
        if (!json.isTextual()) throw wrong(path, "is not a text", json);
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(json.textValue()));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidJsonException(path, "is not base64 (RFC 4648 section 4)");
        }
    }

    private static void requireOnly(ObjectNode object, Set<String> known, String path) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                throw new InvalidJsonException(
                        join(path, shown(name)), "is unknown; known are " + String.join(", ", new TreeSet<>(known)));
        });
    }

    private static InvalidJsonException wrong(String path, String expected, JsonNode came) {
        return new InvalidJsonException(path, expected + ": " + shown(came.toString()));
    }

    private static String shown(String text) {
        var printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
