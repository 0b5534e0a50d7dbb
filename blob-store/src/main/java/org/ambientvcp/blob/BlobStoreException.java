package org.ambientvcp.blob;

import org.jspecify.annotations.Nullable;

/// The store itself failed: disk, permission, network, or an answer that breaks its protocol. Says nothing about the
/// blob.
public final class BlobStoreException extends BlobException {

    public BlobStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
