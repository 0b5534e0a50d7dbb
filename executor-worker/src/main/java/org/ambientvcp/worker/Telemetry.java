package org.ambientvcp.worker;

import org.ambientvcp.schemas.Domain;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.schemas.signing.Identity;
import org.ambientvcp.service.EventProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends one signed sample per call. A sample that cannot be sent is lost; the next one stands for it.
record Telemetry(Identity identity, Samples samples, EventProducer producer) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    @Override
    public void run() {
        try {
            var _ = producer.send(Topics.TELEMETRY, identity.id(), identity.sign(Domain.TELEMETRY, samples.next()))
                    .exceptionally(failure -> {
                        LOG.atWarn().addKeyValue("cause", failure.toString()).log("telemetry could not be sent");
                        return null;
                    });
        } catch (RuntimeException defect) { // else the schedule would end in silence
            LOG.atError().setCause(defect).log("telemetry could not be measured");
        }
    }
}
