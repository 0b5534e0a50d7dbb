/// The intake as a Kafka Streams application.
@NullMarked
package org.ambientvcp.scheduler.intaketopology;

import org.jspecify.annotations.NullMarked;
