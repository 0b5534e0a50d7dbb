package org.ambientvcp.gateway.kafka;

/// The brokers take no record of this size.
public final class RecordTooLargeForTopicException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RecordTooLargeForTopicException(Throwable cause) {
        super("the record is larger than the topic takes", cause);
    }
}
