package org.ambientvcp.gateway.rest;

import java.util.Locale;

/// Why a request was refused. The URIs are part of the interface: a client may decide by them. docs/rest.md lists them.
enum ProblemType {
    INVALID_REQUEST(400, "The request is malformed"),
    INVALID_JSON(400, "The body is not valid JSON"),
    INVALID_FIELD(400, "A field is not what it should be"),
    UNAUTHENTICATED(401, "No valid API key"),
    FORBIDDEN(403, "This API key may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The path has other methods"),
    ALREADY_FINISHED(409, "The task has come to its end"),
    NOTHING_TO_SPLIT(409, "The cell has too few nodes to be split"),
    NO_OUTPUT(409, "The task has no output to read"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of another media type than expected"),
    MISDIRECTED(421, "The request is for another host"),
    INVALID_TASK(422, "The task cannot be taken"),
    INVALID_MODULE(422, "The module cannot be run"),
    UNKNOWN_MODULE(422, "The module has not been uploaded"),
    UNKNOWN_BLOB(422, "The input has not been uploaded"),
    HASH_MISMATCH(422, "The bytes have another hash"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    OVER_QUOTA(429, "The tenant has as many tasks in flight as it may"),
    QUEUE_FULL(429, "The queues of all cells are full"),
    INTERNAL(500, "The gateway has a bug"),
    UNAVAILABLE(503, "Something the gateway needs does not answer"),
    NOT_READY(503, "The gateway is starting");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /// For example `urn:vcp:problem:not-found`; never changes.
    String uri() {
        return "urn:vcp:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The type for a status that the HTTP server refuses with on its own.
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL : INVALID_REQUEST;
        };
    }
}
