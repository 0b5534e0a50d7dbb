/// The ledger as a Kafka Streams application.
@NullMarked
package org.ambientvcp.scheduler.ledgertopology;

import org.jspecify.annotations.NullMarked;
