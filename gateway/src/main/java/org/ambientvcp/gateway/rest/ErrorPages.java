package org.ambientvcp.gateway.rest;

import java.nio.ByteBuffer;
import java.util.List;
import org.ambientvcp.gateway.json.StrictJson;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what the HTTP server refuses before a route sees it (malformed requests, paths like `/..%2f`) with
/// problem+json, and with nothing of what went wrong inside.
final class ErrorPages extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        var type = ProblemType.ofStatus(code);
        var body = StrictJson.bytes(Problem.json(type, code, HttpStatus.getMessage(code), List.of()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
