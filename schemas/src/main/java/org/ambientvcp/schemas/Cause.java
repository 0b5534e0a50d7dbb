package org.ambientvcp.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Where a record that a rule made comes from: the input it was computed from and its place among all that was made of
/// that input. It stands in the header `vcp_cause`, so that an audit can make the record again, see docs/audit.md.
///
/// @param topic of the input
/// @param partition of the input
/// @param offset of the input
/// @param number 0 for the first record that was made of the input, over all topics
public record Cause(String topic, int partition, long offset, int number) {
    private static final int MOST_DIGITS = 18;

    /// `topic-partition-offset/number`.
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset + "/" + number;
    }

    /// Adds it to a record's headers.
    public Headers in(Headers headers) {
        EventHeaders.set(headers, EventHeaders.CAUSE, toString());
        return headers;
    }

    /// Reads what [#toString] writes; null if the text is anything else.
    public static @Nullable Cause parse(byte[] ascii) {
        int slash = last(ascii, ascii.length, '/');
        int second = last(ascii, slash, '-');
        int first = last(ascii, second, '-');
        if (first < 1) return null;
        var number = number(ascii, slash + 1, ascii.length);
        var offset = number(ascii, second + 1, slash);
        var partition = number(ascii, first + 1, second);
        if (number < 0 || number > Integer.MAX_VALUE || offset < 0 || partition < 0 || partition > Integer.MAX_VALUE)
            return null;
        return new Cause(new String(ascii, 0, first, StandardCharsets.UTF_8), (int) partition, offset, (int) number);
    }

    private static int last(byte[] ascii, int end, char wanted) {
        int index = end - 1;
        while (index >= 0 && ascii[index] != wanted) index--;
        return index;
    }

    /// The one way to write a number: no sign, no leading zero. -1 if it is not so written.
    private static long number(byte[] ascii, int from, int to) {
        if (from >= to || to - from > MOST_DIGITS || (ascii[from] == '0' && to - from > 1)) return -1;
        long number = 0;
        for (int index = from; index < to; index++) {
            if (ascii[index] < '0' || ascii[index] > '9') return -1;
            number = number * 10 + (ascii[index] - '0');
        }
        return number;
    }
}
