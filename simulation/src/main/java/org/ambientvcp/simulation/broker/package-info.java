/// Logs in memory, with transactions as Kafka has them.
@NullMarked
package org.ambientvcp.simulation.broker;

import org.jspecify.annotations.NullMarked;
