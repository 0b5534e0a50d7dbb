package org.ambientvcp.worker;

import static org.ambientvcp.worker.Fixtures.completed;
import static org.ambientvcp.worker.Fixtures.execute;
import static org.ambientvcp.worker.Fixtures.identity;
import static org.ambientvcp.worker.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.events.EnergySource;
import org.ambientvcp.events.Signed;
import org.ambientvcp.runner.TaskRun;
import org.ambientvcp.schemas.Bytes;
import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.ResultDigest;
import org.ambientvcp.schemas.signing.Opened;
import org.ambientvcp.schemas.signing.SignedEvents;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final TaskRun.Cost COST = new TaskRun.Cost(1, 2, 3, 4, EnergySource.RAPL);

    @Test
    void theCommitmentIsOpenedByTheResult() {
        var lease =
                execute(identity(1), task("t1").build()).setCommitFirst(true).build();

        var evidence = Evidence.of(identity(1), lease, completed("x"), COST);

        var result = opened(Domain.RESULT, evidence.result());
        var commitment = opened(Domain.COMMITMENT, evidence.commitment());
        assertThat(result.getSalt().remaining()).isEqualTo(32);
        assertThat(commitment.getCommitment())
                .isEqualTo(ResultDigest.commitment(
                        Bytes.of(result.getSalt()), identity(1).id(), ResultDigest.of(result)));
    }

    @Test
    void theSameRunDoneAgainMakesTheSameCommitment() {
        var lease =
                execute(identity(1), task("t1").build()).setCommitFirst(true).build();

        var first = Evidence.of(identity(1), lease, completed("x"), COST);
        var again = Evidence.of(identity(1), lease, completed("x"), new TaskRun.Cost(9, 9, 9, 9, EnergySource.MODEL));

        assertThat(again.commitment()).isEqualTo(first.commitment());
        assertThat(again.result()).isNotEqualTo(first.result());
    }

    @Test
    void everyLeaseAndEveryNodeHasASaltOfItsOwn() {
        var lease = execute(identity(1), task("t1").build());

        var salts = java.util.stream.Stream.of(
                        Salt.of(identity(1), lease.build()),
                        Salt.of(identity(2), lease.build()),
                        Salt.of(identity(1), lease.setAttempt(2).build()),
                        Salt.of(identity(1), lease.setLeaseEpoch(8).build()),
                        Salt.of(identity(1), lease.setTaskId("t2").build()))
                .map(salt -> java.util.HexFormat.of().formatHex(salt));

        assertThat(salts).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void withoutCommitFirstThereIsNoSalt() {
        var lease = execute(identity(1), task("t1").build()).build();

        var evidence = Evidence.of(identity(1), lease, completed("x"), COST);

        assertThat(evidence.commitment()).isNull();
        assertThat(opened(Domain.RESULT, evidence.result()).getSalt().remaining())
                .isZero();
    }

    static <T extends SpecificRecord> T opened(Domain<T> domain, @Nullable Signed signed) {
        if (signed != null && SignedEvents.open(domain, signed) instanceof Opened.Valid<T>(String _, T event))
            return event;
        throw new AssertionError("not validly signed: " + signed);
    }
}
