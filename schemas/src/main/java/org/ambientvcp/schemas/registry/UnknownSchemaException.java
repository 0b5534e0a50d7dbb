package org.ambientvcp.schemas.registry;

import org.jspecify.annotations.Nullable;

/// No Avro schema has this id. With bytes from outside this is the sender's fault, not the registry's.
public final class UnknownSchemaException extends RegistryException {
    private static final long serialVersionUID = 1;

    public UnknownSchemaException(int id) {
        this("schema id " + id + " is unknown to the registry", null);
    }

    UnknownSchemaException(String message, @Nullable Throwable cause) {
        super(message, 404, cause);
    }
}
