package org.ambientvcp.telemetry.admission;

import static org.ambientvcp.telemetry.Nodes.ALICE;
import static org.ambientvcp.telemetry.Nodes.reputation;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReputationCheckTest {

    @Test
    void acceptsCountsAndTombstones() {
        assertThat(ReputationCheck.refusal(ALICE.id(), reputation(0, 0, 0))).isNull();
        assertThat(ReputationCheck.refusal(ALICE.id(), reputation(1_000_000_000_000L, 7, 3)))
                .isNull();
        assertThat(ReputationCheck.refusal(ALICE.id(), null)).isNull();
    }

    @Test
    void keyIsTheNode() {
        assertThat(ReputationCheck.refusal(null, reputation(0, 0, 0)))
                .extracting(Refusal::code)
                .isEqualTo("wrong-key");
        assertThat(ReputationCheck.refusal("bob", reputation(0, 0, 0)))
                .isEqualTo(new Refusal("wrong-key", "expected nodeId " + ALICE.id() + " as the key"));
    }

    @Test
    void countsAreCounts() {
        assertThat(ReputationCheck.refusal(ALICE.id(), reputation(-1, Long.MAX_VALUE, Long.MIN_VALUE)))
                .isEqualTo(new Refusal(
                        "out-of-range",
                        "accepted is not 0–1000000000000: -1; failed is not 0–1000000000000: 9223372036854775807; "
                                + "disputes is not 0–1000000000000: -9223372036854775808"));
    }
}
