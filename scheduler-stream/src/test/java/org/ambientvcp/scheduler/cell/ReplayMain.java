package org.ambientvcp.scheduler.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ambientvcp.events.CellCommand;
import org.ambientvcp.schemas.AvroCodec;

/// Reads a log, applies it to a new cell and writes all effects: `java … ReplayMain LOG OUTPUT`.
final class ReplayMain {
    private ReplayMain() {}

    public static void main(String... arguments) throws IOException {
        var run = new CellRun();
        try (var in = new DataInputStream(Files.newInputStream(Path.of(arguments[0])));
                var out = Files.newOutputStream(Path.of(arguments[1]))) {
            while (true) {
                var offset = in.readLong();
                var timestamp = in.readLong();
                var command = AvroCodec.decode(CellCommand.class, in.readNBytes(in.readInt()));
                out.write(CellRun.bytes(run.apply(new CellRun.Logged(offset, timestamp, command))));
            }
        } catch (EOFException end) {
            // the whole log is applied
        }
    }

    static void write(List<CellRun.Logged> log, Path file) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            for (var logged : log) {
                var command = AvroCodec.encode(logged.command());
                out.writeLong(logged.offset());
                out.writeLong(logged.timestamp());
                out.writeInt(command.length);
                out.write(command);
            }
        }
    }
}
