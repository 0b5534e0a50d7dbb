package org.ambientvcp.blob;

/// A blob has more bytes than the store accepts or than this reader is willing to hold.
public final class BlobTooLargeException extends BlobException {

    public BlobTooLargeException(String message) {
        super(message, null);
    }
}
