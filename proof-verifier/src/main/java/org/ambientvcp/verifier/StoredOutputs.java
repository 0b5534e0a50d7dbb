package org.ambientvcp.verifier;

import org.ambientvcp.blob.BlobException;
import org.ambientvcp.blob.BlobMissingException;
import org.ambientvcp.blob.BlobStore;
import org.ambientvcp.verifier.rules.Outputs;

/// Outputs in the blob store, which hashes what it gives out.
record StoredOutputs(BlobStore blobs) implements Outputs {
    @Override
    public Found find(String sha256) {
        try {
            return new Found.Present(blobs.get(sha256).length);
        } catch (BlobMissingException missing) {
            return new Found.Missing();
        } catch (BlobException away) {
            return new Found.Unavailable(String.valueOf(away.getMessage()));
        }
    }
}
