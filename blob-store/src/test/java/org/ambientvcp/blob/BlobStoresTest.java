package org.ambientvcp.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoresTest {

    @TempDir
    Path root;

    @Test
    void aPathAndItsFileUriAreTheSameStore() {
        var name = BlobStores.open(root.resolve("blobs").toString()).put("abc".getBytes(UTF_8));

        var same = BlobStores.open(root.resolve("blobs").toUri().toString());

        assertThat(same.contains(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "HTTPS://gateway.example/prefix/"})
    void anHttpAddressIsTheGateway(String location) {
        assertThat(BlobStores.open(location)).isInstanceOf(HttpBlobStore.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/blobs", "ftp://host/", "", "  ", "file://host/share", "path\0with-nul"})
    void anythingElseIsRefusedNamingTheVariable(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlobStores.open(location))
                .withMessageContaining("VCP_BLOB_STORE")
                .withMessageContaining(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http:///v1", "http://host:port/ /", "http://host/?a=b"})
    void aMalformedAddressIsRefused(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> BlobStores.open(location));
    }
}
