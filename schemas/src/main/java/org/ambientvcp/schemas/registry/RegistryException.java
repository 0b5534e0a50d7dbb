package org.ambientvcp.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// The schema registry refused a request or could not be reached; the message says which and why.
public class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1;

    private final int status;

    RegistryException(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /// HTTP status of the answer; 0 if there was none.
    public int status() {
        return status;
    }
}
