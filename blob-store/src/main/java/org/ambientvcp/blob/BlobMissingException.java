package org.ambientvcp.blob;

/// The store works and has no blob of that name.
public final class BlobMissingException extends BlobException {

    private final String sha256;

    public BlobMissingException(String sha256, String store) {
        super("no blob " + sha256 + " in " + store, null);
        this.sha256 = sha256;
    }

    /// The name asked for.
    public String sha256() {
        return sha256;
    }
}
