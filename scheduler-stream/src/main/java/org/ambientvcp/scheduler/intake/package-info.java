/// Rules of the intake: what comes from outside becomes a command, or is refused with the reason. No Kafka.
@NullMarked
package org.ambientvcp.scheduler.intake;

import org.jspecify.annotations.NullMarked;
