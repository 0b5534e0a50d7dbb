package org.ambientvcp.telemetry.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects every field that is wrong, so that a sender learns all of it at once.
final class Problems {
    private static final int QUOTED_CHARS = 80;

    private final List<String> found = new ArrayList<>();

    void range(String field, @Nullable Number value, long least, long most) {
        if (value == null || (least <= value.longValue() && value.longValue() <= most)) return;
        found.add(field + " is not " + least + "–" + most + ": " + value);
    }

    void form(String field, String text, Pattern form, String expected) {
        if (!form.matcher(text).matches()) found.add(field + " is not " + expected + ": " + quote(text));
    }

    void unless(boolean fine, String problem) {
        if (!fine) found.add(problem);
    }

    @Nullable
    Refusal refusal() {
        return found.isEmpty() ? null : new Refusal("out-of-range", String.join("; ", found));
    }

    private static String quote(String text) {
        return '"' + (text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "…") + '"';
    }
}
