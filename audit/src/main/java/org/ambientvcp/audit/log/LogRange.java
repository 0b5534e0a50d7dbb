package org.ambientvcp.audit.log;

/// What there is of a partition.
///
/// @param first offset of the first record there may be; above 0 if the broker has removed older ones
/// @param end offset behind the last
public record LogRange(long first, long end) {}
