package org.ambientvcp.service;

/// A setting is missing or not what it should be. The message is for the person who sets it.
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public InvalidSettingException(String message) {
        super(message);
    }
}
