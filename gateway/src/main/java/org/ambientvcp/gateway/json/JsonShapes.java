package org.ambientvcp.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.ambientvcp.schemas.AvroCodec;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// What [AvroToJson] writes and [JsonToAvro] reads, as OpenAPI 3.0 schemas with the descriptions of the Avro
/// contracts. Pure functions.
public final class JsonShapes {
    private static final String SHA256 = "^[0-9a-f]{64}$";

    private JsonShapes() {}

    /// Adds the schema of a record and of all it is made of, by name.
    public static void add(Map<String, ObjectNode> shapes, Class<? extends SpecificRecord> type) {
        add(shapes, AvroCodec.schema(type));
    }

    private static void add(Map<String, ObjectNode> shapes, Schema schema) {
        if (shapes.containsKey(schema.getName())) return;
        var shape = StrictJson.newObject();
        shapes.put(schema.getName(), shape);
        if (schema.getDoc() != null) shape.put("description", schema.getDoc());
        switch (schema.getName()) {
            case "WasmValue" ->
                shape.put("type", "string")
                        .put("description", "A WASM number: i32:-5, i64:7, f32:1.5, f64:-inf, f64:nan:0x8000000000001.")
                        .put("example", "i32:5");
            case "WasiEntry" -> {
                object(shape, "wasi");
                array(property(shape, "wasi")).put("type", "string");
            }
            case "InlineBytes" -> {
                object(shape, "base64");
                property(shape, "base64").put("type", "string").put("format", "byte");
            }
            default -> {
                if (schema.getType() == Schema.Type.ENUM) symbols(shape.put("type", "string"), schema);
                else fields(shapes, shape, schema);
            }
        }
    }

    private static void fields(Map<String, ObjectNode> shapes, ObjectNode shape, Schema schema) {
        object(shape);
        var required = StrictJson.newObject().putArray("required");
        for (var field : schema.getFields()) {
            var property = property(shape, field.name());
            type(shapes, property, field.schema());
            if (field.name().toLowerCase(Locale.ROOT).endsWith("sha256") && !nullable(field.schema()))
                property.put("pattern", SHA256);
            if (field.doc() != null && !property.has("$ref")) property.put("description", field.doc());
            if (!field.hasDefaultValue()) required.add(field.name());
            else if (field.schema().getType() == Schema.Type.INT
                    || field.schema().getType() == Schema.Type.LONG)
                property.put("default", ((Number) field.defaultVal()).longValue());
        }
        if (!required.isEmpty()) shape.set("required", required);
    }

    private static void type(Map<String, ObjectNode> shapes, ObjectNode property, Schema schema) {
        switch (schema.getType()) {
            case RECORD, ENUM -> {
                add(shapes, schema);
                property.put("$ref", reference(schema.getName()));
            }
            case ARRAY -> type(shapes, array(property), schema.getElementType());
            case STRING -> property.put("type", "string");
            case BYTES -> property.put("type", "string").put("format", "byte");
            case BOOLEAN -> property.put("type", "boolean");
            case INT -> property.put("type", "integer").put("format", "int32");
            case LONG -> property.put("type", "integer").put("format", "int64");
            case UNION -> union(shapes, property, schema);
            case NULL, MAP, FIXED, FLOAT, DOUBLE ->
                throw new IllegalArgumentException("no record of ours has a " + schema.getType());
        }
    }

    private static void union(Map<String, ObjectNode> shapes, ObjectNode property, Schema union) {
        var branches = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (branches.size() == 1 && !isNamed(branches.getFirst())) type(shapes, property, branches.getFirst());
        else {
            // in OpenAPI 3.0 nothing may stand beside $ref
            var choices = property.putArray(branches.size() == 1 ? "allOf" : "oneOf");
            for (var branch : branches) type(shapes, choices.addObject(), branch);
        }
        if (nullable(union)) property.put("nullable", true);
    }

    private static boolean isNamed(Schema schema) {
        return schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
    }

    private static boolean nullable(Schema schema) {
        return schema.getType() == Schema.Type.UNION && schema.isNullable();
    }

    private static void symbols(ObjectNode shape, Schema schema) {
        var symbols = shape.putArray("enum");
        schema.getEnumSymbols().forEach(symbols::add);
    }

    /// Makes a shape an object with these required properties.
    public static ObjectNode object(ObjectNode shape, String... required) {
        shape.put("type", "object").put("additionalProperties", false).putObject("properties");
        if (required.length > 0) {
            var names = shape.putArray("required");
            for (var name : required) names.add(name);
        }
        return shape;
    }

    /// A new property of an object shape.
    public static ObjectNode property(ObjectNode object, String name) {
        return object.withObject("/properties").putObject(name);
    }

    /// Makes a shape an array; returns the shape of its items.
    public static ObjectNode array(ObjectNode shape) {
        return shape.put("type", "array").putObject("items");
    }

    public static String reference(String name) {
        return "#/components/schemas/" + name;
    }
}
