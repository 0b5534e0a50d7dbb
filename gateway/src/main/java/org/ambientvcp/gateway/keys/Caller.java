package org.ambientvcp.gateway.keys;

import java.util.Set;

/// Who makes a request.
///
/// @param id the key's id
/// @param tenant whose tasks it may see and submit
/// @param roles what it may do
public record Caller(String id, String tenant, Set<Role> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }

    /// Whether it may see what belongs to a tenant.
    public boolean sees(String owner) {
        return isAdmin() || tenant.equals(owner);
    }
}
