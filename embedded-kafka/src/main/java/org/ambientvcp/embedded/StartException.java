package org.ambientvcp.embedded;

import org.jspecify.annotations.Nullable;

/// The broker or the registry could not start; the message says on which port and with which data.
public final class StartException extends RuntimeException {

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
