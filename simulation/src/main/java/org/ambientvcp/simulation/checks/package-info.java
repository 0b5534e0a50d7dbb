/// What must be true of any history of records, of a simulated world or of a real cluster. No Kafka client.
@NullMarked
package org.ambientvcp.simulation.checks;

import org.jspecify.annotations.NullMarked;
