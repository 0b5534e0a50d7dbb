package org.ambientvcp.telemetry.admission;

/// Why an event does not count.
///
/// @param code machine-readable, as in dead letters
/// @param reason sentence that names the field, what was expected and what came
public record Refusal(String code, String reason) {}
