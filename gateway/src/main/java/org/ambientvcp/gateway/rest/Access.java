package org.ambientvcp.gateway.rest;

import io.javalin.security.RouteRole;
import java.util.Set;
import org.ambientvcp.gateway.keys.Caller;
import org.ambientvcp.gateway.keys.Role;

/// Who may use a route.
enum Access implements RouteRole {
    /// Anybody, without a key.
    PUBLIC(),
    /// Every key: users, admins and nodes.
    BLOBS(Role.USER, Role.ADMIN, Role.NODE),
    USERS(Role.USER, Role.ADMIN),
    ADMINS(Role.ADMIN);

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<Role> roles;

    Access(Role... roles) {
        this.roles = Set.of(roles);
    }

    boolean allows(Caller caller) {
        return this == PUBLIC || caller.roles().stream().anyMatch(roles::contains);
    }
}
