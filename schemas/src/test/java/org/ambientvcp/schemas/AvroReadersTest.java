package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.Task;
import org.ambientvcp.events.TaskResult;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroReadersTest {
    private static final Schema TASK = AvroCodec.schema(Task.class);

    @Test
    void aPairOfSchemasHasOneReaderInAThread() {
        var reader = AvroReaders.reader(Task.class, TASK, TASK);

        assertThat(AvroReaders.reader(Task.class, new Schema.Parser().parse(TASK.toString()), TASK))
                .isSameAs(reader);
        assertThat(AvroReaders.reader(CellCommand.class, TASK, AvroCodec.schema(CellCommand.class)))
                .isNotSameAs(reader);
        assertThat(CompletableFuture.supplyAsync(() -> AvroReaders.reader(Task.class, TASK, TASK))
                        .join())
                .isNotSameAs(reader);
    }

    @Test
    void aReaderThatMetGarbageReadsOn() {
        var good = AvroCodec.encode(Samples.result());
        for (int length = 0; length < good.length; length++) {
            var cut = Arrays.copyOf(good, length);

            assertThatThrownBy(() -> AvroCodec.decode(TaskResult.class, cut))
                    .isInstanceOf(MalformedEventException.class);
            assertThat(AvroCodec.decode(TaskResult.class, good)).isEqualTo(Samples.result());
        }
    }

    @Test
    void noMoreThanSoManyAreKept() {
        for (int number = 0; number < 2 * AvroReaders.MOST; number++) {
            var writer = new Schema.Parser()
                    .parse("{\"type\": \"record\", \"name\": \"r\", \"fields\": [{\"name\": \"f" + number
                            + "\", \"type\": \"int\"}]}");

            assertThat(AvroReaders.reader(Task.class, writer, TASK)).isNotNull();
            assertThat(AvroReaders.known()).isLessThanOrEqualTo(AvroReaders.MOST);
        }
    }
}
