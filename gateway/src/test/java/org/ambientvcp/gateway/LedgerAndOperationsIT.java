package org.ambientvcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.Breaker;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.DeadLetter;
import org.ambientvcp.events.GrantFunds;
import org.ambientvcp.events.LedgerEntry;
import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.TransferKind;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedGateway.class)
class LedgerAndOperationsIT {
    private final Running running;
    private final String some = UUID.randomUUID().toString();

    LedgerAndOperationsIT(Running running) {
        this.running = running;
    }

    @Test
    void balancesAreSeenByTheirTenantAndAdmins() {
        running.write(Topics.BALANCES, "tenant:acme", new AccountBalance("tenant:acme", 70L, 1L, null, null));
        running.write(Topics.BALANCES, "tenant:zeta", new AccountBalance("tenant:zeta", 30L, 1L, null, null));
        running.write(Topics.BALANCES, "treasury", new AccountBalance("treasury", -100L, 1L, null, null));
        for (var account : new String[] {"tenant:acme", "tenant:zeta", "treasury"})
            running.await(() -> running.get("/v1/ledger/accounts/" + account, running.admin), a -> a.status() == 200);

        assertThat(running.get("/v1/ledger/accounts", running.acme).json().path("accounts"))
                .extracting(account -> account.path("account").asText())
                .contains("tenant:acme", "treasury")
                .doesNotContain("tenant:zeta");
        assertThat(running.get("/v1/ledger/accounts/tenant:acme", running.acme)
                        .json()
                        .path("balanceMicros")
                        .asLong())
                .isEqualTo(70);
        assertThat(running.get("/v1/ledger/accounts/tenant:zeta", running.acme).problem())
                .isEqualTo("forbidden");
        assertThat(running.get("/v1/ledger/accounts/escrow:zeta", running.acme).problem())
                .isEqualTo("forbidden");
        assertThat(running.get("/v1/ledger/accounts/escrow:acme", running.acme).problem())
                .isEqualTo("not-found");
        assertThat(running.get("/v1/ledger/accounts/bank", running.acme).problem())
                .isEqualTo("invalid-request");
    }

    @Test
    void theNewestEntriesOfAnAccountAreReadFromTheLog() {
        var account = "tenant:" + some;
        for (var i = 0; i < 300; i++) {
            running.write(Topics.LEDGER, account, entry(account, i));
            running.write(Topics.LEDGER, "tenant:other", entry("tenant:other", i));
        }

        var entries = running.get("/v1/ledger/entries?limit=200&account=" + account, running.admin)
                .json()
                .path("entries");

        assertThat(entries).hasSize(200);
        assertThat(entries).allMatch(entry -> entry.path("account").asText().equals(account));
        assertThat(entries.get(0).path("amountMicros").asInt()).isEqualTo(299);
        assertThat(entries.get(199).path("amountMicros").asInt()).isEqualTo(100);
        assertThat(running.get("/v1/ledger/entries?limit=1000", running.admin)
                        .json()
                        .path("entries"))
                .hasSizeGreaterThanOrEqualTo(600);
        assertThat(running.get("/v1/ledger/entries?account=tenant:nobody", running.admin)
                        .json()
                        .path("entries"))
                .isEmpty();
        assertThat(running.get("/v1/ledger/entries", running.acme).problem()).isEqualTo("invalid-request");
        assertThat(running.get("/v1/ledger/entries?account=" + account, running.acme)
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void onlyAdminsGrant() {
        var grant = "{\"grantId\":\"%s\",\"account\":\"tenant:acme\",\"amountMicros\":500}".formatted(some);

        assertThat(running.post("/v1/ledger/grants", running.acme, grant).problem())
                .isEqualTo("forbidden");
        var answer = running.post("/v1/ledger/grants", running.admin, grant);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("grantId").asText()).isEqualTo(some);
        assertThat(running.all(Topics.LEDGER_COMMANDS))
                .anyMatch(logged -> logged.key().equals("tenant:acme")
                        && logged.value().getBody().equals(new GrantFunds(some, "tenant:acme", 500L, "admin-key")));
        for (var wrong : new String[] {
            "{\"account\":\"escrow:acme\",\"amountMicros\":5}",
            "{\"account\":\"mint\",\"amountMicros\":5}",
            "{\"account\":\"treasury\",\"amountMicros\":0}",
            "{\"account\":\"treasury\",\"amountMicros\":-5}",
            "{\"account\":\"treasury\"}",
            "{\"account\":\"treasury\",\"amountMicros\":5,\"requestedBy\":\"me\"}"
        })
            assertThat(running.post("/v1/ledger/grants", running.admin, wrong).problem())
                    .isEqualTo("invalid-field");
    }

    @Test
    void aNodeIsWhatItSaysAndWhatOthersSayOfIt() {
        var identity = Identity.random(new SecureRandom());
        running.write(Topics.NODES, identity.id(), identity.sign(Domain.REGISTRATION, registration(identity.id())));
        running.write(Topics.NODE_HEALTH, identity.id(), health(identity.id()));
        running.write(Topics.REPUTATION, identity.id(), new Reputation(identity.id(), 8L, 1L, 0L, 3L));
        running.write(
                Topics.BALANCES,
                "node:" + identity.id(),
                new AccountBalance("node:" + identity.id(), 9L, 1L, null, null));
        running.write(Topics.CELL_SUMMARIES, "2", new CellSummary(2, 1L, 1, 4, 0, 0, List.of(), 0, 0));

        var node = running.await(
                        () -> running.get("/v1/nodes/" + identity.id(), running.acme),
                        a -> a.status() == 200
                                && a.json().path("registration").isObject()
                                && a.json().path("health").isObject()
                                && a.json().path("reputation").isObject()
                                && a.json().path("balanceMicros").asInt() == 9)
                .json();

        assertThat(node.at("/registration/name").asText()).isEqualTo("my node");
        assertThat(node.at("/health/breaker").asText()).isEqualTo("OPEN");
        assertThat(node.at("/reputation/accepted").asInt()).isEqualTo(8);
        assertThat(running.get("/v1/nodes", running.acme).json().path("nodes"))
                .anyMatch(one -> one.path("nodeId").asText().equals(identity.id()));
        assertThat(running.get("/v1/nodes/n0", running.acme).problem()).isEqualTo("not-found");
        var stats = running.await(
                        () -> running.get("/v1/stats", running.acme),
                        answer -> answer.json().path("freeSlots").asInt() == 4)
                .json();
        assertThat(stats.at("/nodes/byBreaker/OPEN").asInt()).isEqualTo(1);
        assertThat(stats.at("/tasks/byState/QUEUED").isInt()
                        || stats.at("/tasks/byState/QUEUED").isLong())
                .isTrue();
        assertThat(stats.at("/throughput/upMillis").asLong()).isPositive();
    }

    @Test
    void deadLettersAreForAdminsNewestFirst() {
        for (var i = 0; i < 3; i++)
            running.write(
                    Topics.DEAD_LETTERS,
                    some + i,
                    new DeadLetter(
                            "vcp.results.v1",
                            0,
                            (long) i,
                            5L,
                            null,
                            ByteBuffer.wrap(new byte[] {1}),
                            "undecodable",
                            "why",
                            some));

        assertThat(running.get("/v1/dead-letters", running.acme).problem()).isEqualTo("forbidden");
        var letters =
                running.get("/v1/dead-letters?limit=2", running.admin).json().path("deadLetters");

        assertThat(letters).hasSize(2);
        assertThat(letters).allMatch(letter -> letter.path("service").asText().equals(some));
        assertThat(letters.get(0).path("value").asText()).isEqualTo("AQ==");
    }

    @Test
    void theCatalogueOfTopicsIsComplete() {
        assertThat(running.get("/v1/topics", running.acme).json().path("topics"))
                .extracting(topic -> topic.path("name").asText())
                .containsExactlyElementsOf(
                        Topics.all().stream().map(topic -> topic.name()).toList());
    }

    private static LedgerEntry entry(String account, long amount) {
        return LedgerEntry.newBuilder()
                .setTransferId("t" + amount)
                .setAccount(account)
                .setCounterAccount("mint")
                .setAmountMicros(amount)
                .setKind(TransferKind.GRANT)
                .setAtEpochMillis(amount)
                .build();
    }

    private static NodeRegistration registration(String id) {
        return new NodeRegistration(
                id,
                "my node",
                "owner",
                NodeRole.EXECUTOR,
                "eu",
                NodeType.EDGE,
                List.of(),
                4,
                1L,
                1,
                0,
                1_000,
                "1",
                1L,
                1L);
    }

    private static NodeHealth health(String id) {
        return NodeHealth.newBuilder()
                .setNodeId(id)
                .setName("my node")
                .setCell(0)
                .setScorePpm(500_000)
                .setReputationPpm(500_000)
                .setBreaker(Breaker.OPEN)
                .setBreakerReason("temperature 91.2 °C above 85.0 °C")
                .setBreakerSinceEpochMillis(1)
                .setEpoch(1)
                .setSequence(1)
                .setSampledAtEpochMillis(1)
                .build();
    }
}
