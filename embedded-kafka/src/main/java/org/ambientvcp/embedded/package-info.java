/// A Kafka broker and a schema registry in this JVM, on the loopback interface, for `vcp dev` and for tests:
/// [EmbeddedBroker] and [EmbeddedRegistry].
@NullMarked
package org.ambientvcp.embedded;

import org.jspecify.annotations.NullMarked;
