package org.ambientvcp.simulation.world;

import java.util.List;
import java.util.TreeMap;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.ambientvcp.events.Signed;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.DeadLetters;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.SingleObject;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.ambientvcp.simulation.broker.Entry;
import org.ambientvcp.simulation.broker.Partition;
import org.ambientvcp.telemetry.admission.EventOrder;
import org.ambientvcp.telemetry.admission.Refusal;
import org.ambientvcp.telemetry.admission.RegistrationCheck;
import org.ambientvcp.telemetry.admission.ReputationCheck;
import org.ambientvcp.telemetry.admission.SampleCheck;
import org.ambientvcp.telemetry.health.Health;
import org.ambientvcp.telemetry.health.HealthState;
import org.ambientvcp.telemetry.update.NodeUpdates;
import org.ambientvcp.telemetry.update.SentUpdate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Telemetry-ingest's task for one partition of nodes, telemetry and reputation: exactly once. Energy is left out:
/// nothing depends on it. Of the samples' signatures one in [#CHECKED] is checked, of everything else all.
final class TelemetryTask extends StreamTask {
    private static final long COMMIT_MILLIS = 100;
    private static final int SCORE_STEP_PPM = 10_000;
    private static final int CHECKED = 16;

    private record State(HealthState health, @Nullable SentUpdate sent) {}

    private final TreeMap<String, NodeRegistration> registrations = new TreeMap<>();
    private final TreeMap<String, State> states = new TreeMap<>();
    private final TreeMap<String, Reputation> reputations = new TreeMap<>();

    TelemetryTask(World world, int partition) {
        super(
                world,
                "telemetry " + partition,
                List.of(
                        world.broker.partition(Topics.NODES, partition),
                        world.broker.partition(Topics.TELEMETRY, partition),
                        world.broker.partition(Topics.REPUTATION, partition)),
                true,
                COMMIT_MILLIS);
    }

    @Override
    Instance restore() {
        return new Running();
    }

    private final class Running extends Instance {
        private final TreeMap<String, NodeRegistration> registered = new TreeMap<>(registrations);
        private final TreeMap<String, State> known = new TreeMap<>(states);
        private final TreeMap<String, Reputation> judged = new TreeMap<>(reputations);

        Running() {
            super(TelemetryTask.this);
        }

        @Override
        void process(Partition from, Entry entry) {
            if (from.topic().equals(Topics.NODES.name())) register(from, entry);
            else if (from.topic().equals(Topics.TELEMETRY.name())) assess(from, entry);
            else judge(from, entry);
        }

        private void register(Partition from, Entry entry) {
            var registration = open(Domain.REGISTRATION, entry, from, true);
            if (registration == null) return;
            var nodeId = registration.getNodeId();
            var refusal = RegistrationCheck.refusal(registration, registered.get(nodeId), world.profile.cells());
            if (refusal != null) {
                refuse(from, entry, refusal);
                return;
            }
            registered.put(nodeId, registration);
            store(() -> registrations.put(nodeId, registration));
            var state = known.get(nodeId);
            if (state != null) tell(state.sent(), registration, state.health(), entry.timeMillis());
        }

        private void assess(Partition from, Entry entry) {
            var sample = open(Domain.TELEMETRY, entry, from, chance.oneIn(CHECKED));
            if (sample == null) return;
            var nodeId = sample.getNodeId();
            var registration = registered.get(nodeId);
            if (registration == null) {
                refuse(from, entry, new Refusal("unregistered", "no registration is known"));
                return;
            }
            var state = known.get(nodeId);
            var last = state == null ? null : state.health().published();
            var refusal = SampleCheck.refusal(
                    sample,
                    last == null ? null : new EventOrder(last.getEpoch(), last.getSequence()),
                    entry.timeMillis());
            if (refusal != null) {
                refuse(from, entry, refusal);
                return;
            }
            var health = Health.afterSample(
                    state == null ? null : state.health(),
                    registration,
                    judged.get(nodeId),
                    sample,
                    null,
                    entry.timeMillis());
            tell(state == null ? null : state.sent(), registration, health, entry.timeMillis());
        }

        private void judge(Partition from, Entry entry) {
            var reputation = (Reputation) entry.value();
            var refusal = ReputationCheck.refusal(entry.key(), reputation);
            if (refusal != null || reputation == null) {
                if (refusal != null) refuse(from, entry, refusal);
                return;
            }
            var nodeId = reputation.getNodeId();
            var before = judged.put(nodeId, reputation);
            store(() -> reputations.put(nodeId, reputation));
            var state = known.get(nodeId);
            var registration = registered.get(nodeId);
            if (state == null || registration == null) return;
            var health = Health.afterVerdicts(state.health(), before, reputation, entry.timeMillis());
            tell(state.sent(), registration, health, entry.timeMillis());
        }

        private void tell(
                @Nullable SentUpdate sent, NodeRegistration registration, HealthState health, long timestamp) {
            var nodeId = registration.getNodeId();
            send(world.broker.partition(Topics.NODE_HEALTH, nodeId), nodeId, health.published());
            var due = NodeUpdates.due(
                    sent, registration, health.published(), Health.eventTime(health, timestamp), SCORE_STEP_PPM);
            for (var update : due.updates())
                send(
                        world.broker.partition(Topics.CELL_COMMANDS, update.cell()),
                        nodeId,
                        new CellCommand(update.with(judged.get(nodeId)).update()));
            var state = new State(health, due.sent());
            known.put(nodeId, state);
            store(() -> states.put(nodeId, state));
        }

        private <T extends SpecificRecord> @Nullable T open(
                Domain<T> domain, Entry entry, Partition from, boolean checked) {
            if (!(entry.value() instanceof Signed signed)
                    || !signed.getSignerId().equals(entry.key())) {
                refuse(from, entry, new Refusal("wrong-key", "expected the signer as the key"));
                return null;
            }
            if (!checked) return SingleObject.decode(domain.payload(), Bytes.of(signed.getPayload()));
            return switch (SignedEvents.open(domain, signed)) {
                case Opened.Refused<T>(var code, var reason) -> {
                    refuse(from, entry, new Refusal(code, reason));
                    yield null;
                }
                case Opened.Valid<T>(var _, var event) -> event;
            };
        }

        private void refuse(Partition from, Entry entry, Refusal refusal) {
            var letter = IntakeTask.letter(
                    from,
                    entry,
                    new org.ambientvcp.scheduler.Refusal(refusal.code(), refusal.reason()),
                    "telemetry-ingest");
            var key = DeadLetters.key(letter);
            send(world.broker.partition(Topics.DEAD_LETTERS, key), key, letter);
        }
    }
}
