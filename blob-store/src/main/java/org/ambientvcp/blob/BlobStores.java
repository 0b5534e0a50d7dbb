package org.ambientvcp.blob;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens the store that a location names.
///
/// | location                    | store                                          |
/// |-----------------------------|------------------------------------------------|
/// | a path, or `file:` URI      | [DirectoryBlobStore]; the folder is created    |
/// | `http://…`, `https://…`     | [HttpBlobStore]; the gateway's base address    |
public final class BlobStores {

    private BlobStores() {}

    /// Opens the store at a location, with no request headers and the default size limit.
    ///
    /// @throws IllegalArgumentException if the location is blank, malformed or of another scheme
    /// @throws BlobStoreException if the folder cannot be created
    public static BlobStore open(String location) {
        return open(location, BlobStore.DEFAULT_MAX_BYTES, Map::of);
    }

    /// Opens the store at a location.
    ///
    /// @param maxBytes most bytes of one blob, > 0
    /// @param headers asked before every HTTP request, for example for an API key; not used by a folder
    /// @throws IllegalArgumentException if the location is blank, malformed or of another scheme
    /// @throws BlobStoreException if the folder cannot be created
    public static BlobStore open(String location, int maxBytes, Supplier<Map<String, String>> headers) {
        if (location.isBlank()) throw refused(location, null);
        var scheme = scheme(location);
        try {
            return switch (scheme) {
                case "" -> new DirectoryBlobStore(Path.of(location), maxBytes);
                case "file" -> new DirectoryBlobStore(directory(location), maxBytes);
                case "http", "https" -> new HttpBlobStore(URI.create(location), maxBytes, headers);
                default -> throw refused(location, null);
            };
        } catch (InvalidPathException e) {
            throw refused(location, e);
        }
    }

    /// Opens the store at a location; behind HTTP with the API key of a file, which is read before every request, so
    /// that
    /// a key can be replaced while the program runs.
    ///
    /// @param keyFile one line, the key; null: no key is sent
    /// @throws IllegalArgumentException if the location is blank, malformed or of another scheme
    /// @throws BlobStoreException if the folder cannot be created
    public static BlobStore open(String location, @Nullable Path keyFile) {
        return keyFile == null
                ? open(location)
                : open(location, BlobStore.DEFAULT_MAX_BYTES, () -> Map.of("Authorization", "Bearer " + key(keyFile)));
    }

    private static String key(Path file) {
        try {
            var key = Files.readString(file).strip();
            if (key.isEmpty() || key.lines().count() > 1)
                throw new BlobStoreException("key file " + file + " is not one line with an API key", null);
            return key;
        } catch (IOException unreadable) {
            throw new BlobStoreException("key file " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /// `file:///a/b`, and `file:a/b` relative to where the program runs.
    private static Path directory(String location) {
        try {
            var uri = URI.create(location);
            return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw refused(location, e);
        }
    }

    /// The scheme before the colon, or "" for a path; one letter is a Windows drive.
    private static String scheme(String location) {
        var colon = location.indexOf(':');
        if (colon < 2) return "";
        var scheme = location.substring(0, colon).toLowerCase(Locale.ROOT);
        return scheme.matches("[a-z][a-z0-9+.-]*") ? scheme : "";
    }

    private static IllegalArgumentException refused(String location, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "VCP_BLOB_STORE is not a path, a file: URI or an http(s):// address: \"" + location + "\"", cause);
    }
}
