package org.ambientvcp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.ambientvcp.worker.Offsets.Mark;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private final Offsets offsets = new Offsets(new Mark(10, ""));

    @Test
    void withNothingOpenTheMarkIsTheNextRecord() {
        offsets.passed(12);

        assertThat(offsets.mark()).isEqualTo(new Mark(13, ""));
    }

    @Test
    void theMarkNeverPassesAnUnfinishedRecord() {
        take(10);
        take(11);
        take(12);

        offsets.finish(11);

        assertThat(offsets.mark()).isEqualTo(new Mark(10, "1"));
    }

    @Test
    void finishingTheLowestMovesTheMarkOverTheFinishedOnes() {
        take(10);
        take(11);
        take(12);
        offsets.finish(11);

        offsets.finish(10);

        assertThat(offsets.mark()).isEqualTo(new Mark(12, ""));
    }

    @Test
    void whatWasFinishedAboveTheMarkIsKnownAfterARestart() {
        take(10);
        take(11);
        take(15);
        offsets.finish(11);
        offsets.finish(15);

        var restarted = new Offsets(offsets.mark());

        assertThat(restarted.isFinished(10)).isFalse();
        assertThat(restarted.isFinished(11)).isTrue();
        assertThat(restarted.isFinished(15)).isTrue();
        assertThat(restarted.isFinished(16)).isFalse();
    }

    @Test
    void metadataOfAnotherKindIsNoHarm() {
        var restarted = new Offsets(new Mark(5, "x,-3,,99999999999999999999,2"));

        assertThat(restarted.isFinished(7)).isTrue();
        assertThat(restarted.mark()).isEqualTo(new Mark(5, "2"));
    }

    @Test
    void metadataStaysBelowWhatBrokersTake() {
        offsets.begin(10);
        for (long offset = 11; offset < 5_000; offset++) {
            take(offset);
            offsets.finish(offset);
        }

        var mark = offsets.mark();

        assertThat(mark.offset()).isEqualTo(10);
        assertThat(mark.metadata()).hasSizeBetween(1_990, 2_000).endsWith(",527");
        assertThat(new Offsets(mark).isFinished(500)).isTrue();
    }

    private void take(long offset) {
        offsets.begin(offset);
        offsets.passed(offset);
    }
}
