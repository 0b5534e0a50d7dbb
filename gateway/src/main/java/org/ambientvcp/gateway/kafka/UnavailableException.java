package org.ambientvcp.gateway.kafka;

import org.jspecify.annotations.Nullable;

/// Something the gateway needs does not answer now; worth a later try. The message may be shown to anybody.
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
