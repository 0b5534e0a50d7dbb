package org.ambientvcp.blob;

import org.jspecify.annotations.Nullable;

/// Why a [BlobStore] did not do what it was asked. The cases need different answers, so they are different types:
/// missing and too large are final, corrupted wants another copy, and only [BlobStoreException] is worth a later retry.
public abstract sealed class BlobException extends RuntimeException
        permits BlobCorruptedException, BlobMissingException, BlobStoreException, BlobTooLargeException {

    BlobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
