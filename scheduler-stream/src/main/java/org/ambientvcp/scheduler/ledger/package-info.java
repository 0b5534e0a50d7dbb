/// Rules of the ledger and of routing: pure functions over records. No Kafka.
@NullMarked
package org.ambientvcp.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
