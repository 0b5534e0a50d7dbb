package org.ambientvcp.simulation.checks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ambientvcp.scheduler.cell.Effects;
import org.ambientvcp.scheduler.cell.Output;
import org.ambientvcp.schemas.AvroCodec;
import org.apache.avro.specific.SpecificRecord;

/// Effects of a cell as bytes, to compare.
final class EffectsBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private EffectsBytes() {}

    static byte[] of(Effects effects) {
        var bytes = new EffectsBytes();
        bytes.outputs(effects.assignments());
        bytes.outputs(effects.statuses());
        bytes.outputs(effects.verifications());
        bytes.outputs(effects.ledger());
        bytes.outputs(effects.reputations());
        bytes.outputs(effects.homes());
        bytes.number(effects.commands().size());
        for (var command : effects.commands()) {
            bytes.number(command.cell());
            bytes.text(command.key());
            bytes.record(command.command());
        }
        bytes.number(effects.refusals().size());
        for (var refusal : effects.refusals()) {
            bytes.text(refusal.code());
            bytes.text(refusal.reason());
        }
        bytes.number(effects.changes().size());
        for (var change : effects.changes()) {
            bytes.text(change.store().name());
            bytes.text(change.key());
            if (change.value() == null) bytes.number(-1);
            else bytes.record(change.value());
        }
        bytes.number(effects.ignored());
        return bytes.out.toByteArray();
    }

    private void outputs(List<? extends Output<? extends SpecificRecord>> outputs) {
        number(outputs.size());
        for (var output : outputs) {
            text(output.key());
            record(output.value());
        }
    }

    private void record(SpecificRecord record) {
        blob(AvroCodec.encode(record));
    }

    private void text(String text) {
        blob(text.getBytes(StandardCharsets.UTF_8));
    }

    private void blob(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void number(int number) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
    }
}
