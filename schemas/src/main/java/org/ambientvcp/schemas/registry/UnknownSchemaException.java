package org.ambientvcp.schemas.registry;

/// No schema has this id. With bytes from outside this is the sender's fault, not the registry's.
public final class UnknownSchemaException extends RegistryException {
    private static final long serialVersionUID = 1;

    public UnknownSchemaException(int id) {
        super("schema id " + id + " is unknown to the registry", 404, null);
    }
}
