package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.events.TaskResult;
import org.ambientvcp.events.Tick;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class AvroReadersTest {
    private final AvroReaders readers = new AvroReaders();

    @Test
    void aReaderIsMadeOnce() throws Exception {
        var writer = AvroCodec.schema(CellCommand.class);
        var first = readers.of(CellCommand.class, writer);
        assertThat(readers.of(CellCommand.class, writer)).isSameAs(first);
        assertThat(readers.of(CellCommand.class, new Schema.Parser().parse(writer.toString())))
                .as("an equal schema")
                .isSameAs(first);
    }

    @Test
    void aSchemaThatDoesNotFitIsRefusedEachTime() {
        var stranger = SchemaBuilder.record("org.ambientvcp.events.Tick")
                .fields()
                .requiredString("number")
                .endRecord();
        for (var again = 0; again < 2; again++)
            assertThatThrownBy(() -> AvroCodec.decode(Tick.class, stranger, new byte[] {2, 'x'}, 0))
                    .isInstanceOf(MalformedEventException.class)
                    .hasCauseInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void schemasFromOutsideDoNotPileUp() throws Exception {
        for (var number = 0; number < 1_100; number++) {
            var writer = SchemaBuilder.record("org.ambientvcp.events.Tick")
                    .prop("number", number)
                    .fields()
                    .requiredLong("number")
                    .requiredInt("more" + number)
                    .endRecord();
            readers.of(Tick.class, writer);
        }
        assertThat(readers.size()).isEqualTo(1_024);
    }

    @Test
    void manyThreadsReadWithTheSameReader() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var thread = 0; thread < 8; thread++) {
            var first = thread * 1_000L;
            tasks.add(() -> {
                for (var number = first; number < first + 1_000; number++) {
                    var command = new CellCommand(new Tick(number));
                    if (!AvroCodec.decode(CellCommand.class, AvroCodec.encode(command))
                            .equals(command)) return false;
                }
                return true;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) assertThat(result.get()).isTrue();
        }
    }

    @Test
    void aReaderThatMetGarbageReadsOn() {
        var good = AvroCodec.encode(Samples.result());
        for (var length = 0; length < good.length; length++) {
            var cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> AvroCodec.decode(TaskResult.class, cut))
                    .isInstanceOf(MalformedEventException.class);
            assertThat(AvroCodec.decode(TaskResult.class, good)).isEqualTo(Samples.result());
        }
    }
}
