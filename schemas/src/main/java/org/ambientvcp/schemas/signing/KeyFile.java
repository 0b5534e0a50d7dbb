package org.ambientvcp.schemas.signing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that holds a secret key as 64 hex digits, for its owner's eyes only.
///
/// It is made under a lock of the file system, so that of two processes that start at once one makes
/// the key and the other reads it. An empty file is one whose maker was stopped before it wrote.
record KeyFile(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int MOST_BYTES = 1024;

    Identity loadOrCreate(SecureRandom random) throws IOException {
        if (Files.exists(path)) {
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                var kept = read(channel);
                if (kept != null) return kept;
            }
        }
        return create(random);
    }

    /// The identity in the file; null if the file is empty.
    private @Nullable Identity read(FileChannel channel) throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        if (!OWNER_ONLY.containsAll(permissions))
            throw new IOException("key file " + path + " may be read by others ("
                    + PosixFilePermissions.toString(permissions) + "); expected rw-------: chmod 600 it");
        var bytes = ByteBuffer.allocate(MOST_BYTES);
        for (int read = 0; read >= 0 && bytes.hasRemaining(); ) read = channel.read(bytes);
        if (bytes.position() == 0) return null;
        var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        try {
            return Identity.ofSecretKey(HexFormat.of().parseHex(text.strip()));
        } catch (IllegalArgumentException notAKey) { // its message quotes what it could not read: maybe a key
            throw new IOException("key file " + path + " does not hold 64 hex digits");
        }
    }

    /// One thread of a JVM at a time: file locks are held by processes. Reads by the channel that has the lock:
    /// closing another one of the same file would end it.
    private Identity create(SecureRandom random) throws IOException {
        synchronized (KeyFile.class) {
            var folder = path.toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                            path,
                            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                    var _ = channel.lock()) {
                var kept = read(channel);
                if (kept != null) return kept; // another process was first
                var identity = Identity.random(random);
                var text = HexFormat.of().formatHex(identity.secretKey()) + "\n";
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
                return identity;
            }
        }
    }
}
