package org.ambientvcp.blob;

/// The store holds bytes under that name which do not hash to it. They are not returned.
public final class BlobCorruptedException extends BlobException {

    private final String sha256;

    /// @param place the file or address the bytes came from
    /// @param actualSha256 what they hash to
    public BlobCorruptedException(String sha256, String place, String actualSha256) {
        super("blob " + sha256 + " is corrupted: the bytes of " + place + " hash to " + actualSha256, null);
        this.sha256 = sha256;
    }

    /// The name asked for.
    public String sha256() {
        return sha256;
    }
}
