package org.ambientvcp.telemetry.update;

import org.ambientvcp.events.NodeHealth;
import org.ambientvcp.events.NodeHome;
import org.ambientvcp.events.NodeRegistration;
import org.ambientvcp.events.Reputation;
import org.jspecify.annotations.Nullable;

/// What was known of a node when one of its records was read: enough to tell which of its other records had been read
/// before. Each of the four changes with every record that counts, so equal texts mean equal knowledge.
///
/// @param registration `epoch.sequence` of its registration; `-` = none
/// @param sample `epoch.sequence` of its last sample that counted; `-` = none
/// @param reputation `accepted.failed.disputes.consecutiveAccepted`; `-` = none
/// @param home `cell.movedAt` of its last move; `-` = none
public record Known(String registration, String sample, String reputation, String home) {
    private static final String NONE = "-";

    public static Known of(
            @Nullable NodeRegistration registration,
            @Nullable NodeHealth health,
            @Nullable Reputation reputation,
            @Nullable NodeHome home) {
        return new Known(
                registration == null ? NONE : registration.getEpoch() + "." + registration.getSequence(),
                health == null ? NONE : health.getEpoch() + "." + health.getSequence(),
                reputation == null
                        ? NONE
                        : reputation.getAccepted() + "." + reputation.getFailed() + "." + reputation.getDisputes() + "."
                                + reputation.getConsecutiveAccepted(),
                home == null ? NONE : home.getCell() + "." + home.getMovedAtEpochMillis());
    }

    /// `registration=… sample=… reputation=… home=…`.
    @Override
    public String toString() {
        return "registration=" + registration + " sample=" + sample + " reputation=" + reputation + " home=" + home;
    }
}
