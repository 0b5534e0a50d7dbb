package org.ambientvcp.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as people read them.
public final class Units {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Units() {}

    /// Micro-units of the ledger: 1,500,000 is 1.5.
    public static String money(long micros) {
        return "%,.6f".formatted(micros / 1e6).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }

    /// Parts per million as a share of one.
    public static String share(long ppm) {
        return String.format(Locale.ROOT, "%.3f", ppm / 1e6);
    }

    public static String energy(long microjoules) {
        return microjoules >= 1_000_000
                ? String.format(Locale.ROOT, "%.2f J", microjoules / 1e6)
                : String.format(Locale.ROOT, "%.2f mJ", microjoules / 1e3);
    }

    public static String duration(long micros) {
        return micros >= 1_000_000
                ? String.format(Locale.ROOT, "%.2f s", micros / 1e6)
                : String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Local time of day.
    public static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }
}
