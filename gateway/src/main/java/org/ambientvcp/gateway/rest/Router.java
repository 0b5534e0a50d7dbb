package org.ambientvcp.gateway.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/// Registers routes; what answers GET answers HEAD as well.
record Router(RoutesConfig routes) {
    void get(String path, Access access, Handler handler) {
        add(HandlerType.GET, path, access, handler);
        add(HandlerType.HEAD, path, access, handler);
    }

    void add(HandlerType method, String path, Access access, Handler handler) {
        routes.addHttpHandler(method, path, handler, access);
    }
}
