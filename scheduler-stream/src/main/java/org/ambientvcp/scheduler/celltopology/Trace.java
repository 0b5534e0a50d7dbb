package org.ambientvcp.scheduler.celltopology;

import java.util.regex.Pattern;
import org.ambientvcp.schemas.EventHeaders;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// The W3C trace context of a task, as a header.
final class Trace {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /// Headers with the trace context, if it is one: submitters write what they like.
    static Headers headers(@Nullable String traceparent) {
        var headers = new RecordHeaders();
        if (traceparent != null && FORM.matcher(traceparent).matches())
            EventHeaders.set(headers, EventHeaders.TRACEPARENT, traceparent);
        return headers;
    }
}
