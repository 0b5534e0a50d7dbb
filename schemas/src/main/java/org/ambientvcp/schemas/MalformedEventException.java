package org.ambientvcp.schemas;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Bytes from outside that are not the event they should be. The message says what was expected.
public final class MalformedEventException extends SerializationException {
    private static final long serialVersionUID = 1;

    public MalformedEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
