/// The cells as a Kafka Streams application.
@NullMarked
package org.ambientvcp.scheduler.celltopology;

import org.jspecify.annotations.NullMarked;
