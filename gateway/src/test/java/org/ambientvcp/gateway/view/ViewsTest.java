package org.ambientvcp.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.AccountBalance;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.NodeRole;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.TaskState;
import org.ambientvcp.gateway.Samples;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Identity NODE = Identity.ofSecretKey(new byte[32]);
    private static final Identity OTHER = Identity.ofSecretKey(secret());

    private final Views views = new Views(10);

    @Test
    void aRegistrationCountsIfTheNodeSignedItAndItIsNewer() {
        views.apply(Topics.NODES, NODE.id(), NODE.sign(Domain.REGISTRATION, registration("old", 1, 2)), true);
        views.apply(Topics.NODES, NODE.id(), NODE.sign(Domain.REGISTRATION, registration("new", 2, 1)), true);
        views.apply(Topics.NODES, NODE.id(), NODE.sign(Domain.REGISTRATION, registration("replay", 1, 9)), true);
        views.apply(Topics.NODES, NODE.id(), OTHER.sign(Domain.REGISTRATION, registration("thief", 9, 9)), true);
        views.apply(Topics.NODES, OTHER.id(), NODE.sign(Domain.REGISTRATION, registration("elsewhere", 9, 9)), true);

        assertThat(views.registrations().keySet()).containsExactly(NODE.id());
        assertThat(views.registrations().values())
                .extracting(NodeRegistration::getName)
                .containsExactly("new");
    }

    @Test
    void aTombstoneRemoves() {
        views.apply(Topics.BALANCES, "treasury", new AccountBalance("treasury", 5L, 1L, null, null), true);
        assertThat(views.balances()).containsKey("treasury");

        views.apply(Topics.BALANCES, "treasury", null, true);

        assertThat(views.balances()).isEmpty();
    }

    @Test
    void throughputCountsEachTaskOnceAndOnlyWhatIsNew() {
        views.apply(Topics.TASK_STATUS, "old", Samples.status("old", "acme", TaskState.ACCEPTED, 1), false);
        views.apply(Topics.TASK_STATUS, "a", Samples.status("a", "acme", TaskState.LEASED, 1), true);
        views.apply(Topics.TASK_STATUS, "a", Samples.status("a", "acme", TaskState.ACCEPTED, 2), true);
        views.apply(Topics.TASK_STATUS, "a", Samples.status("a", "acme", TaskState.ACCEPTED, 2), true);
        views.apply(Topics.TASK_STATUS, "b", Samples.status("b", "acme", TaskState.FAILED, 3), true);

        assertThat(views.accepted().getCount()).isEqualTo(1);
        assertThat(views.finished().getCount()).isEqualTo(2);
        assertThat(views.tasks().byState()).containsEntry(TaskState.ACCEPTED, 2L);
    }

    private static byte[] secret() {
        var secret = new byte[32];
        secret[0] = 1;
        return secret;
    }

    private static NodeRegistration registration(String name, long epoch, long sequence) {
        return new NodeRegistration(
                NODE.id(),
                name,
                "owner",
                NodeRole.EXECUTOR,
                "eu",
                NodeType.SERVER,
                List.of(),
                4,
                1L << 30,
                65_000,
                0,
                1_000,
                "1",
                epoch,
                sequence);
    }
}
