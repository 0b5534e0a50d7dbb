/// Which energy readings are believed, and their carbon. Pure integer functions; no Kafka.
@NullMarked
package org.ambientvcp.telemetry.energy;

import org.jspecify.annotations.NullMarked;
