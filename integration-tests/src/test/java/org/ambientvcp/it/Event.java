package org.ambientvcp.it;

import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;

/// A record of a topic of the catalogue, decoded.
///
/// @param key the record's key as text; "" = none
/// @param bytes the value as it is in the log
record Event<V extends SpecificRecord>(int partition, long offset, String key, ByteBuffer bytes, V value) {}
