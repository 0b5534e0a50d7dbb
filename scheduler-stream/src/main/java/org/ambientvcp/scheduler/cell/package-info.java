/// The rules of a cell: a deterministic state machine over one log of commands. Imports no Kafka.
@NullMarked
package org.ambientvcp.scheduler.cell;

import org.jspecify.annotations.NullMarked;
