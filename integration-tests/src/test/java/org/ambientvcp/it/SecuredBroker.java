package org.ambientvcp.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ambientvcp.embedded.EmbeddedBroker;
import org.ambientvcp.schemas.BrokerAccess;
import org.ambientvcp.schemas.BrokerAccessAdmin;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.ambientvcp.service.KafkaConnection;

/// An embedded broker that asks who is there (SCRAM), and allows what [BrokerAccess] says. It has the catalogue's
/// topics.
record SecuredBroker(EmbeddedBroker broker, SchemaRegistry registry) implements AutoCloseable {
    private static final String SUPER_USER = "broker";
    private static final String PASSWORD = "a password of twelve and more";

    static SecuredBroker start(Path directory) throws Exception {
        var login = "org.apache.kafka.common.security.%s required %s;";
        var own = "username=\"" + SUPER_USER + "\" password=\"" + PASSWORD + "\" user_" + SUPER_USER + "=\"" + PASSWORD
                + "\"";
        var broker = EmbeddedBroker.start(
                directory,
                0,
                Map.of(
                        // The broker itself comes by PLAIN, because users of SCRAM are made once it is up. Nobody but
                        // the
                        // controller's own listener lets anybody in without a name.
                        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.plaintext.plain.sasl.jaas.config",
                                login.formatted("plain.PlainLoginModule", own),
                        "listener.name.plaintext.scram-sha-512.sasl.jaas.config",
                                login.formatted("scram.ScramLoginModule", ""),
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users", "User:" + SUPER_USER + ";User:ANONYMOUS"));
        var secured = new SecuredBroker(broker, SchemaRegistry.inMemory());
        var passwords = new HashMap<String, String>();
        for (var user : BrokerAccess.users()) passwords.put(user, PASSWORD);
        try (var admin = secured.superUser().admin()) {
            BrokerAccessAdmin.apply(admin, passwords);
        }
        try (var admin = secured.as("operator").admin()) {
            TopicAdmin.createMissing(admin, new TopicAdmin.Layout(1, 2, (short) 1), Duration.ofSeconds(60));
        }
        return secured;
    }

    KafkaConnection superUser() {
        return connection("PLAIN", "plain.PlainLoginModule", SUPER_USER, PASSWORD);
    }

    /// A user of the table.
    KafkaConnection as(String user) {
        return as(user, PASSWORD);
    }

    KafkaConnection as(String user, String password) {
        return connection("SCRAM-SHA-512", "scram.ScramLoginModule", user, password);
    }

    private KafkaConnection connection(String mechanism, String module, String user, String password) {
        return new KafkaConnection(
                broker.bootstrapServers(),
                Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        mechanism,
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                                + password + "\";"),
                registry);
    }

    @Override
    public void close() {
        broker.close();
    }
}
