package org.ambientvcp.blob;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Collects a response body up to a limit and stops reading there, so that a server cannot fill the memory.
final class BoundedBody implements BodySubscriber<byte[]> {

    private final int maxBytes;
    private final boolean cuts;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    private BoundedBody(int maxBytes, boolean cuts) {
        this.maxBytes = maxBytes;
        this.cuts = cuts;
    }

    /// Fails with a [BlobTooLargeException] at the first byte beyond the limit.
    static BoundedBody failingBeyond(int maxBytes) {
        return new BoundedBody(maxBytes, false);
    }

    /// Takes the first bytes and drops the rest.
    static BoundedBody cutAt(int maxBytes) {
        return new BoundedBody(maxBytes, true);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var taken = new byte[Math.min(buffer.remaining(), maxBytes - collected.size())];
            buffer.get(taken);
            collected.writeBytes(taken);
            if (buffer.hasRemaining()) {
                stop();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(collected.toByteArray());
    }

    private void stop() {
        if (subscription != null) subscription.cancel();
        if (cuts) onComplete();
        else body.completeExceptionally(new BlobTooLargeException("the server sent more than " + maxBytes + " bytes"));
    }
}
