package org.ambientvcp.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Records with random fields, by their schema. The same seed gives the same records.
final class RandomRecords {
    private static final String[] TEXTS = {"", "a", "node-7", "n0123456789abcdef0123456789abcdef", "Grüße, 世界 🌍", "\0"
    };
    private static final long[] NUMBERS = {0, 1, -1, 63, 64, -65, Long.MAX_VALUE, Long.MIN_VALUE};

    private final RandomGenerator random;

    RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(Objects.requireNonNull(value(AvroCodec.schema(type))));
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                var record = (SpecificRecord)
                        SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
                for (var field : schema.getFields()) record.put(field.pos(), value(field.schema()));
                yield record;
            }
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ENUM -> {
                var symbol = schema.getEnumSymbols()
                        .get(random.nextInt(schema.getEnumSymbols().size()));
                yield SpecificData.get().createEnum(symbol, schema);
            }
            case ARRAY -> {
                var items = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(3); i > 0; i--) items.add(value(schema.getElementType()));
                yield items;
            }
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> {
                var bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case INT -> random.nextBoolean() ? (int) number() : random.nextInt();
            case LONG -> random.nextBoolean() ? number() : random.nextLong();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case MAP, FIXED, FLOAT, DOUBLE ->
                throw new IllegalStateException("not allowed in our contracts: " + schema);
        };
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }
}
