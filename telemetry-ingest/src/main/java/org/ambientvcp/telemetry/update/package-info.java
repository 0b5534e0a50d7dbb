/// When a cell hears of a node, and what. Pure functions; no Kafka.
@NullMarked
package org.ambientvcp.telemetry.update;

import org.jspecify.annotations.NullMarked;
