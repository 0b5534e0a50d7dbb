package org.ambientvcp.scheduler.ledgertopology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.events.NodeType;
import org.ambientvcp.events.SlotClass;
import org.ambientvcp.events.TaskOffer;
import org.ambientvcp.scheduler.Samples;
import org.ambientvcp.scheduler.ledger.Router;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;

class SummariesTest {
    private static final int CELLS = 2;
    private static final SchemaRegistry REGISTRY = SchemaRegistry.inMemory();

    @Test
    void aDecisionKnowsWhatItSaysItKnewWhileTheStoreGoesOn() {
        var known = new Summaries(new NewsAtEachLook(), REGISTRY).look(CELLS);

        var route = Router.route(
                new TaskOffer(Samples.task(Samples.TENANT, Samples.TASK_ID, 1), List.of(), 0L), CELLS, known::of);

        assertThat(known.versions()).isEqualTo("2;0:1;1:2");
        assertThat(route.version()).isEqualTo(route.cell() + 1);
    }

    /// As the thread that keeps the router's store up to date does it, but always in the worst moment.
    private static final class NewsAtEachLook implements ReadOnlyKeyValueStore<String, byte[]> {
        private long version;

        @Override
        public byte[] get(String cell) {
            var number = Integer.parseInt(cell);
            var slots = new SlotClass("eu", NodeType.SERVER, 1, 1);
            var summary = new CellSummary(number, ++version, 1, 1, 0, 0, List.of(slots), 0, 0);
            return AvroSerde.of(Topics.CELL_SUMMARIES, REGISTRY).serialize(Topics.CELL_SUMMARIES.name(), summary);
        }

        @Override
        public KeyValueIterator<String, byte[]> range(String from, String to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<String, byte[]> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long approximateNumEntries() {
            return CELLS;
        }
    }
}
