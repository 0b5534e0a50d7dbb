package org.ambientvcp.blob;

/// Bytes by their SHA-256. A name is 64 lower-case hexadecimal digits, see [BlobName].
///
/// What `get` returns has been hashed on this read and matches its name, so a caller need not check again. A blob
/// never changes and `put` may be repeated. Safe for use by many threads and many processes at once.
///
/// Every failure is a [BlobException], unchecked; an invalid name is an [IllegalArgumentException].
public interface BlobStore {

    /// Most bytes of one blob unless the store was opened with another limit: 64 MiB.
    int DEFAULT_MAX_BYTES = 64 << 20;

    /// Stores the bytes and returns their name. When it returns, the bytes are durable. Storing what is there is no
    /// error.
    ///
    /// @throws BlobTooLargeException if there are more bytes than the store accepts
    /// @throws BlobStoreException if the store cannot be written or reached
    String put(byte[] bytes);

    /// Returns the bytes of that name; their hash has been checked. The array is the caller's.
    ///
    /// @throws BlobMissingException if the store has no such blob
    /// @throws BlobCorruptedException if what the store holds does not hash to the name
    /// @throws BlobTooLargeException if it is longer than this store's limit
    /// @throws BlobStoreException if the store cannot be read or reached
    byte[] get(String sha256);

    /// Whether the store has a blob of that name. It does not read the bytes, so `get` may still find them corrupted.
    ///
    /// @throws BlobStoreException if the store cannot be read or reached
    boolean contains(String sha256);
}
