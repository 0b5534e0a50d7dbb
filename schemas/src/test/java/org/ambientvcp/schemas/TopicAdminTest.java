package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicAdminTest {
    private static final TopicAdmin.Layout LAYOUT = new TopicAdmin.Layout(4, 6, (short) 3);

    @Test
    void topicsByCellHaveAPartitionForEachCell() {
        assertThat(TopicAdmin.newTopic(Topics.CELL_COMMANDS, LAYOUT).numPartitions())
                .isEqualTo(4);
        assertThat(TopicAdmin.newTopic(Topics.ASSIGNMENTS, LAYOUT).numPartitions())
                .isEqualTo(4);
        assertThat(TopicAdmin.newTopic(Topics.TASKS, LAYOUT).numPartitions()).isEqualTo(6);
    }

    @Test
    void aTopicFromOutside() {
        assertThat(configs(TopicAdmin.newTopic(Topics.RESULTS, LAYOUT)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(30 * 86_400_000L),
                        "max.message.bytes", "1048576",
                        "min.insync.replicas", "2"));
    }

    @Test
    void aLogThatIsAClock() {
        assertThat(configs(TopicAdmin.newTopic(Topics.LEDGER_COMMANDS, LAYOUT)))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("max.message.bytes", "4194304");
        assertThat(configs(TopicAdmin.newTopic(Topics.CELL_COMMANDS, LAYOUT)))
                .containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(configs(TopicAdmin.newTopic(Topics.TELEMETRY, LAYOUT)))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("max.message.bytes", "1048576");
    }

    @Test
    void compactedTopicsAreKeptForEver() {
        assertThat(configs(TopicAdmin.newTopic(Topics.NODES, LAYOUT)))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("retention.ms", "-1");
        assertThat(configs(TopicAdmin.newTopic(Topics.TASK_STATUS, LAYOUT)))
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", Long.toString(30 * 86_400_000L));
    }

    @Test
    void oneBrokerIsEnoughForOneReplica() {
        assertThat(configs(TopicAdmin.newTopic(Topics.NODES, new TopicAdmin.Layout(1, 1, (short) 1))))
                .containsEntry("min.insync.replicas", "1");
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,cells", "1,0,1,partitions", "1,1,0,replicas"})
    void aLayoutHasOneOfEachAtLeast(int cells, int partitions, short replicas, String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicAdmin.Layout(cells, partitions, replicas))
                .withMessage(field + " is not positive: 0");
    }

    private static Map<String, String> configs(NewTopic topic) {
        assertThat(topic.replicationFactor()).isPositive();
        return topic.configs();
    }
}
