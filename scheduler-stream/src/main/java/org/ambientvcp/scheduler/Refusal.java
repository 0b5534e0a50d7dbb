package org.ambientvcp.scheduler;

/// Why a record, or a part of it, cannot be used; becomes a dead letter.
///
/// @param code machine-readable, for example wrong-key
/// @param reason sentence for a person: which field, what was expected, what came
public record Refusal(String code, String reason) {
    private static final int QUOTED_CHARS = 80;

    /// Text from outside as it may stand in a reason: in quotes, at most 80 characters of it.
    public static String quote(String text) {
        return '"' + (text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "…") + '"';
    }
}
