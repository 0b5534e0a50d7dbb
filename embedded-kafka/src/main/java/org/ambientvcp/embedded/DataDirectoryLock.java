package org.ambientvcp.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a data directory to one broker. The operating system drops the lock when the process dies, however it dies.
///
/// Kafka has a lock of its own, `.lock`, but in a combined broker and controller it takes it only after the controller
/// has opened the metadata log, too late to protect that log from a second process. So this lock, `vcp.lock`, is taken
/// before anything is opened, and Kafka's is only looked at.
///
/// Closing any handle on a file drops all POSIX locks this process has on it, so the second attempt of the same process
/// must not even open the file: the directories in use are remembered.
final class DataDirectoryLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataDirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /// Locks the directory, creating it if need be.
    ///
    /// @throws IOException if another broker has it, saying which process, or if it cannot be created
    static DataDirectoryLock take(Path dataDirectory) throws IOException {
        Files.createDirectories(dataDirectory);
        var directory = dataDirectory.toRealPath();
        if (!HELD_HERE.add(directory)) throw new IOException(inUse(directory, "this process"));
        try {
            var channel = lock(directory);
            try {
                checkKafkasOwn(directory);
                return new DataDirectoryLock(directory, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(directory);
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        var file = directory.resolve("vcp.lock");
        var channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) throw new IOException(inUse(directory, holder(file)));
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void checkKafkasOwn(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(".lock"), CREATE, WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) throw new IOException(inUse(directory, "a Kafka broker"));
        } catch (OverlappingFileLockException e) {
            throw new IOException(inUse(directory, "a Kafka broker of this process"), e);
        }
    }

    private static String holder(Path file) throws IOException {
        var pid = Files.readString(file);
        return pid.matches("\\d{1,19}") ? "another vcp, process " + pid : "another vcp";
    }

    private static String inUse(Path directory, String holder) {
        return directory + " is in use by " + holder;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(directory);
    }
}
