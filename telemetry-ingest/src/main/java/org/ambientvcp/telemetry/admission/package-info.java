/// What a registration and a sample must be to count. Pure functions; no Kafka.
@NullMarked
package org.ambientvcp.telemetry.admission;

import org.jspecify.annotations.NullMarked;
