/// Between JSON and the Avro records of the catalogue. Pure functions; no HTTP, no Kafka.
@NullMarked
package org.ambientvcp.gateway.json;

import org.jspecify.annotations.NullMarked;
