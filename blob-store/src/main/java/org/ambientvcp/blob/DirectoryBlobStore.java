package org.ambientvcp.blob;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// Blobs as files of one folder, which many processes may share.
///
/// ```text
/// root/3f/3f29…c1      a blob, in the folder of its first two digits
/// root/tmp/3f29…c1.…   being written; left over only by a crash, then free to delete
/// ```
///
/// A blob is written to `tmp`, forced to disk, renamed into place, and its folder forced to disk: after a crash it is
/// there whole or not at all. A corrupted file is healed by the next `put` of the right bytes.
public final class DirectoryBlobStore implements BlobStore {

    private final Path root;
    private final int maxBytes;

    /// Opens the folder, creating it if need be, with the default size limit.
    ///
    /// @throws BlobStoreException if it cannot be created
    public DirectoryBlobStore(Path root) {
        this(root, DEFAULT_MAX_BYTES);
    }

    /// Opens the folder, creating it if need be.
    ///
    /// @param maxBytes most bytes of one blob, 1–2147483646
    /// @throws BlobStoreException if it cannot be created
    public DirectoryBlobStore(Path root, int maxBytes) {
        if (maxBytes <= 0 || maxBytes == Integer.MAX_VALUE)
            throw new IllegalArgumentException("maxBytes is not 1–2147483646: " + maxBytes);
        this.root = root.toAbsolutePath().normalize();
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new BlobStoreException("cannot create the blob folder " + this.root, e);
        }
    }

    @Override
    public String put(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw new BlobTooLargeException("blob has " + bytes.length + " bytes, the store takes " + maxBytes);
        }
        var name = BlobName.of(bytes);
        try {
            if (!isWhole(name)) write(name, bytes);
            return name;
        } catch (IOException e) {
            throw new BlobStoreException("cannot write blob " + name + " to " + root, e);
        }
    }

    @Override
    public byte[] get(String sha256) {
        var file = file(sha256);
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes)
                throw new BlobTooLargeException(file + " has more than " + maxBytes + " bytes");
            var actual = BlobName.of(bytes);
            if (!actual.equals(sha256)) throw new BlobCorruptedException(sha256, file.toString(), actual);
            return bytes;
        } catch (NoSuchFileException e) {
            throw new BlobMissingException(sha256, root.toString());
        } catch (IOException e) {
            throw new BlobStoreException("cannot read " + file, e);
        }
    }

    @Override
    public boolean contains(String sha256) {
        return Files.isRegularFile(file(sha256));
    }

    @Override
    public String toString() {
        return "DirectoryBlobStore[" + root + "]";
    }

    private boolean isWhole(String name) {
        if (!contains(name)) return false;
        try {
            get(name);
            return true;
        } catch (BlobMissingException | BlobCorruptedException | BlobTooLargeException _) {
            return false; // put replaces it with the right bytes
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        var part = temporary().resolve(name + "." + UUID.randomUUID());
        Files.createDirectories(folder(name));
        try {
            try (var channel = FileChannel.open(part, CREATE_NEW, WRITE)) {
                for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) channel.write(left);
                channel.force(true);
            }
            Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        force(folder(name));
        force(root);
    }

    /// Makes the rename durable. Windows cannot open a folder and does not need it.
    private static void force(Path directory) throws IOException {
        if (File.separatorChar != '/') return;
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private Path temporary() {
        return root.resolve("tmp");
    }

    /// Only valid names become paths, so a name cannot lead out of the folder.
    private Path file(String sha256) {
        return folder(sha256).resolve(sha256);
    }

    private Path folder(String sha256) {
        return root.resolve(BlobName.requireValid(sha256).substring(0, 2));
    }
}
