package org.ambientvcp.gateway.rest;

import io.javalin.http.Context;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.ambientvcp.gateway.keys.ApiKeys;
import org.ambientvcp.gateway.keys.Caller;
import org.ambientvcp.gateway.keys.RateLimit;
import org.ambientvcp.gateway.keys.Role;
import org.jspecify.annotations.Nullable;

/// Lets a request through to its route, or refuses it: key, role, rate.
///
/// Without keys the gateway listens on a loopback address only and everybody there may do everything. A page in a
/// browser on the same machine must not be that somebody: it can send neither our media types nor `PUT` and `DELETE`
/// without a preflight, which no route answers, and a host name that was made to point here is refused by its name.
final class Authentication {
    private static final String CALLER = "vcp.caller";
    private static final String BEARER = "Bearer ";
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private final @Nullable ApiKeys keys;
    private final Caller everybody;
    private final RateLimit rate;

    /// @param keys null: no key is asked for
    Authentication(@Nullable ApiKeys keys, String defaultTenant, RateLimit rate) {
        this.keys = keys;
        this.rate = rate;
        everybody = new Caller("anonymous", defaultTenant, Set.of(Role.ADMIN, Role.USER, Role.NODE));
    }

    /// Whether no key is asked for.
    boolean isOpen() {
        return keys == null;
    }

    void check(Context ctx) {
        if (isOpen()) requireLocalHost(ctx);
        var access = ctx.routeRoles().stream()
                .map(Access.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the route says not who may use it: " + ctx.path()));
        if (access == Access.PUBLIC) return;
        var caller = identify(ctx);
        ctx.attribute(CALLER, caller);
        var wait = rate.take(caller);
        if (wait > 0)
            throw new Problem(ProblemType.TOO_MANY_REQUESTS, "the key " + caller.id() + " has used up its requests")
                    .header("Retry-After", Long.toString(Math.ceilDiv(wait, 1_000_000_000L)));
        if (!access.allows(caller))
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "the key " + caller.id() + " has the roles " + caller.roles() + "; this needs " + access);
    }

    /// Who makes the request; it has passed [#check].
    static Caller caller(Context ctx) {
        return Objects.requireNonNull(ctx.attribute(CALLER), "a public route has no caller");
    }

    private Caller identify(Context ctx) {
        if (keys == null) return everybody;
        var authorization = ctx.header("Authorization");
        var key = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : ctx.header("X-API-Key");
        if (key == null)
            throw unauthenticated("send an API key as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\"");
        return keys.find(key).orElseThrow(() -> unauthenticated("the API key is not known"));
    }

    private static Problem unauthenticated(String detail) {
        return new Problem(ProblemType.UNAUTHENTICATED, detail).header("WWW-Authenticate", "Bearer");
    }

    private static void requireLocalHost(Context ctx) {
        var host = ctx.header("Host");
        if (host != null && !LOCAL.matcher(host).matches())
            throw new Problem(
                    ProblemType.MISDIRECTED, "without API keys the gateway answers to localhost and 127.0.0.1 only");
    }
}
