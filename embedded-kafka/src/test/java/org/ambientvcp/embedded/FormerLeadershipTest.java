package org.ambientvcp.embedded;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.image.loader.SnapshotManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FormerLeadershipTest {
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final FormerLeadership leadership = new FormerLeadership();
    private MetadataImage image = MetadataImage.EMPTY;

    @Test
    void isOverAtOnceWhereNothingHasBeenStoredYet() throws Exception {
        seen();
        leadership.awaitEnd(NO_PATIENCE);
    }

    @Test
    void lastsUntilTheLastPartitionHasLostItsLeader() throws Exception {
        seen(topic(), partition(0), partition(1));
        assertStillLeads();
        seen(leaderless(0));
        assertStillLeads();
        seen(leaderless(1));
        leadership.awaitEnd(NO_PATIENCE);
    }

    private void assertStillLeads() {
        assertThatIllegalStateException()
                .isThrownBy(() -> leadership.awaitEnd(NO_PATIENCE))
                .withMessageContaining("broker.session.timeout.ms");
    }

    private void seen(ApiMessage... records) {
        var delta = new MetadataDelta.Builder().setImage(image).build();
        for (var record : records) delta.replay(record);
        image = delta.apply(new MetadataProvenance(image.provenance().lastContainedOffset() + 1, 1, 0, true));
        leadership.onMetadataUpdate(delta, image, new SnapshotManifest(image.provenance(), 0));
    }

    private static ApiMessage topic() {
        return new TopicRecord().setName("topic").setTopicId(TOPIC);
    }

    private static ApiMessage partition(int number) {
        return new PartitionRecord()
                .setTopicId(TOPIC)
                .setPartitionId(number)
                .setReplicas(List.of(1))
                .setDirectories(List.of(Uuid.randomUuid()))
                .setIsr(List.of(1))
                .setLeader(1);
    }

    private static ApiMessage leaderless(int number) {
        return new PartitionChangeRecord()
                .setTopicId(TOPIC)
                .setPartitionId(number)
                .setLeader(-1);
    }
}
