package org.ambientvcp.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/// Makes brokers have the users and access lists of [BrokerAccess]. For a super user of the brokers.
public final class BrokerAccessAdmin {
    private static final int ITERATIONS = 8192;

    private BrokerAccessAdmin() {}

    /// What was changed.
    ///
    /// @param users whose passwords were set
    /// @param added access lists that were missing
    /// @param removed access lists of our users that the table does not have
    public record Changes(int users, int added, int removed) {}

    /// Sets the passwords (SCRAM-SHA-512), adds what is missing of the access lists and removes what our users have
    /// beyond
    /// them. Users that the table does not know stay as they are. It may be called again.
    ///
    /// @param passwords by user; who has none gets no password, but access lists
    /// @throws IllegalArgumentException if the table has no such user
    /// @throws ExecutionException if the brokers refuse
    public static Changes apply(Admin admin, Map<String, String> passwords)
            throws ExecutionException, InterruptedException {
        for (var user : passwords.keySet())
            if (!BrokerAccess.users().contains(user))
                throw new IllegalArgumentException("user is not one of " + BrokerAccess.users() + ": " + user);
        var credentials = new ArrayList<UserScramCredentialAlteration>();
        passwords.forEach((user, password) -> credentials.add(new UserScramCredentialUpsertion(
                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)));
        if (!credentials.isEmpty())
            admin.alterUserScramCredentials(credentials).all().get();

        var wanted = new HashSet<>(bindings());
        var principals = new HashSet<String>();
        for (var user : BrokerAccess.users()) principals.add("User:" + user);
        Set<AclBinding> there =
                new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
        there.removeIf(acl -> !principals.contains(acl.entry().principal()));
        var missing = new ArrayList<>(wanted);
        missing.removeAll(there);
        if (!missing.isEmpty()) admin.createAcls(missing).all().get();
        there.removeAll(wanted);
        if (!there.isEmpty())
            admin.deleteAcls(there.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
        return new Changes(credentials.size(), missing.size(), there.size());
    }

    private static List<AclBinding> bindings() {
        return BrokerAccess.all().stream()
                .flatMap(grant -> bindings(grant).stream())
                .toList();
    }

    /// The access lists that one line of the table stands for.
    public static List<AclBinding> bindings(BrokerAccess.Grant grant) {
        var resource = new ResourcePattern(grant.resource(), grant.name(), grant.pattern());
        return grant.operations().stream()
                .map(operation -> new AclBinding(
                        resource,
                        new AccessControlEntry("User:" + grant.user(), "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
