package org.ambientvcp.simulation.world;

import java.util.ArrayList;
import java.util.List;
import org.ambientvcp.events.VerificationJob;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.simulation.Situation;
import org.jspecify.annotations.Nullable;

/// The verifiers' share group: who has which job until when. A job that nobody answers for is delivered again.
final class ShareGroup {
    static final long LOCK_MILLIS = 3_000;

    /// A job under way.
    static final class Delivery {
        final VerificationJob job;
        int deliveries;
        long lockedUntil;
        boolean done;

        Delivery(VerificationJob job) {
            this.job = job;
        }
    }

    private final World world;
    private final long[] read;
    private final List<Delivery> underWay = new ArrayList<>();

    ShareGroup(World world) {
        this.world = world;
        read = new long[world.broker.partitions(Topics.VERIFICATIONS)];
    }

    /// The next job that nobody has; null = none.
    @Nullable
    Delivery acquire() {
        fetch();
        for (var delivery : List.copyOf(underWay)) {
            if (delivery.done) underWay.remove(delivery);
            else if (delivery.lockedUntil <= world.time.now()) {
                if (delivery.deliveries >= world.profile.deliveries()) {
                    world.coverage.count(Situation.JOB_DROPPED);
                    underWay.remove(delivery);
                    continue;
                }
                if (delivery.deliveries++ > 0) world.coverage.count(Situation.JOB_REDELIVERED);
                delivery.lockedUntil = world.time.now() + LOCK_MILLIS;
                return delivery;
            }
        }
        return null;
    }

    private void fetch() {
        for (int number = 0; number < read.length; number++) {
            var partition = world.broker.partition(Topics.VERIFICATIONS, number);
            for (var entry = partition.next(read[number]); entry != null; entry = partition.next(read[number])) {
                read[number] = entry.offset() + 1;
                if (entry.value() instanceof VerificationJob job) underWay.add(new Delivery(job));
            }
        }
    }

    boolean isIdle() {
        fetch();
        return underWay.stream().allMatch(delivery -> delivery.done);
    }
}
