package org.ambientvcp.worker;

import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStartsTest {
    private final Leases leases = new Leases();
    private final EarlyStarts starts = new EarlyStarts(leases, 100);
    private final Lease lease = lease("t1");

    @Test
    void leaseIsAbortedOnceTheCommittedReaderHasPassedItsRecord() {
        assertThat(starts.begin(lease, 105)).isTrue();

        assertThat(starts.passed(105)).isEmpty();
        assertThat(starts.passed(106)).containsExactly(lease);
        assertThat(starts.passed(107)).as("each once").isEmpty();
    }

    @Test
    void confirmedLeaseIsNotAborted() {
        starts.begin(lease, 105);

        assertThat(starts.confirm(lease.key())).isTrue();

        assertThat(starts.passed(200)).isEmpty();
        assertThat(starts.confirm(lease.key())).as("a repetition").isFalse();
    }

    @Test
    void repeatedRecordKeepsTheLeaseUntilThatOneIsPassed() {
        starts.begin(lease, 105);

        assertThat(starts.begin(lease("t1"), 110)).as("is held").isFalse();

        assertThat(starts.passed(108)).isEmpty();
        assertThat(starts.passed(111)).containsExactly(lease);
    }

    @Test
    void recordThatTheCommittedReaderHasPassedStartsNothing() {
        starts.passed(120);

        assertThat(starts.begin(lease, 119)).isFalse();
        assertThat(leases.find(lease.key())).isNull();
        assertThat(starts.begin(lease, 120)).isTrue();
    }

    @Test
    void recordsBeforeTheNodesPositionStartNothing() {
        assertThat(starts.begin(lease, 99)).isFalse();
    }

    @Test
    void leaseThatWasTakenFromACommittedRecordIsNotEarly() {
        leases.add(lease);

        assertThat(starts.begin(lease("t1"), 105)).isFalse();
        assertThat(starts.confirm(lease.key())).isFalse();
        assertThat(starts.passed(200)).isEmpty();
    }

    @Test
    void abandonedLeaseCanBeGrantedYet() {
        starts.begin(lease, 105);
        starts.passed(106).forEach(leases::forget);

        assertThat(starts.begin(lease("t1"), 107)).isTrue();
    }

    private static Lease lease(String taskId) {
        return new Lease(execute(identity(1), task(taskId).build()).build(), null);
    }
}
