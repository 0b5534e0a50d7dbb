package org.ambientvcp.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;

/// Watches the cluster's metadata until no partition has a leader: until the controller has seen that the broker of the
/// process before is gone, which after a kill takes `broker.session.timeout.ms`.
///
/// A broker that starts earlier finds itself, as it was before the kill, leader of everything and so coordinator of
/// the transactions that were open. It begins to end them, at an address that nobody listens at. Then the
/// controller takes the leadership away, and Kafka 4.3 takes a partition without a leader for a deleted one
/// (`TransactionMarkerChannelManager`): it notes the transaction as ended without having written so into the partition.
/// No committed record behind that place is ever seen again.
final class FormerLeadership implements MetadataPublisher {

    private final CountDownLatch over = new CountDownLatch(1);

    /// Returns when no partition has a leader.
    ///
    /// @throws IllegalStateException if it takes longer
    void awaitEnd(Duration patience) throws InterruptedException {
        if (!over.await(patience.toNanos(), TimeUnit.NANOSECONDS))
            throw new IllegalStateException("the controller did not fence the broker of the last run within "
                    + patience.toSeconds() + " s (broker.session.timeout.ms)");
    }

    @Override
    public String name() {
        return "FormerLeadership";
    }

    @Override
    public void close() {
        // holds nothing
    }

    @Override
    public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
        for (var topic : image.topics().topicsByName().values())
            for (var partition : topic.partitions().values()) if (partition.hasLeader()) return;
        over.countDown();
    }
}
