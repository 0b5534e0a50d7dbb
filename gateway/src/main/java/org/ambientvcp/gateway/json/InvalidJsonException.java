package org.ambientvcp.gateway.json;

/// JSON from outside that is not what it should be.
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    /// @param field path of the field, for example `limits.gas`; "" for the whole document
    /// @param message what was expected and what came
    public InvalidJsonException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
