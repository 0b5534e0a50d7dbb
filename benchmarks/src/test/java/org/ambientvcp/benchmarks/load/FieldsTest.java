package org.ambientvcp.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ambientvcp.events.CellSummary;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.registry.AvroSerde;
import org.ambientvcp.schemas.registry.SchemaRegistry;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void readsTheNamedFieldsAndSkipsTheOthers() {
        var registry = SchemaRegistry.inMemory();
        var summary = new CellSummary(3, 99L, 12, 5, 7, 8, List.of(), 0, 0);
        var bytes = AvroSerde.of(Topics.CELL_SUMMARIES, registry).serialize(Topics.CELL_SUMMARIES.name(), summary);

        var read = new Fields(Topics.CELL_SUMMARIES, registry, "cell", "queuedTasks").read(bytes);

        assertThat(read.get("cell")).isEqualTo(3);
        assertThat(read.get("queuedTasks")).isEqualTo(7);
        assertThat(read.getSchema().getFields()).hasSize(2);
    }
}
