/// Kafka Streams application: signed registrations and telemetry in; health, node updates and energy out.
@NullMarked
package org.ambientvcp.telemetry;

import org.jspecify.annotations.NullMarked;
