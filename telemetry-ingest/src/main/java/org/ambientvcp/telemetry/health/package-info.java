/// Score and circuit breaker of a node. Pure integer functions; no Kafka. The rules are in docs/health.md.
@NullMarked
package org.ambientvcp.telemetry.health;

import org.jspecify.annotations.NullMarked;
