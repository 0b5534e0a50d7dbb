package org.ambientvcp.audit.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.ambientvcp.schemas.Bytes;
import org.apache.avro.specific.SpecificRecord;

/// Says field by field how two records differ.
public final class FieldDiff {
    private static final int MOST_FIELDS = 20;
    private static final int MOST_CHARS = 160;

    private FieldDiff() {}

    /// One line for each field that differs: its path, what the topic holds, what the rules give.
    public static List<String> between(Object holds, Object gives) {
        var lines = new ArrayList<String>();
        compare("", holds, gives, lines);
        return lines;
    }

    private static void compare(String path, Object holds, Object gives, List<String> lines) {
        if (lines.size() >= MOST_FIELDS || Objects.equals(holds, gives)) return;
        if (holds instanceof SpecificRecord one
                && gives instanceof SpecificRecord other
                && one.getSchema().equals(other.getSchema())) {
            for (var field : one.getSchema().getFields())
                compare(
                        path.isEmpty() ? field.name() : path + "." + field.name(),
                        one.get(field.pos()),
                        other.get(field.pos()),
                        lines);
        } else if (holds instanceof List<?> one && gives instanceof List<?> other && one.size() == other.size()) {
            for (int index = 0; index < one.size(); index++)
                compare(path + "[" + index + "]", one.get(index), other.get(index), lines);
        } else lines.add(path + ": the topic holds " + text(holds) + ", the rules give " + text(gives));
    }

    private static String text(Object value) {
        var text =
                value instanceof ByteBuffer bytes ? HexFormat.of().formatHex(Bytes.of(bytes)) : String.valueOf(value);
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }
}
