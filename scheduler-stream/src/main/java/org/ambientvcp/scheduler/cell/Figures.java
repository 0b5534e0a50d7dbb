package org.ambientvcp.scheduler.cell;

/// Numbers for people, the same in every locale.
final class Figures {
    private Figures() {}

    /// 2961003 as 2,961,003.
    static String grouped(long number) {
        var digits = Long.toString(number);
        var text = new StringBuilder();
        for (int index = 0; index < digits.length(); index++) {
            if (index > 0 && digits.charAt(index - 1) != '-' && (digits.length() - index) % 3 == 0) text.append(',');
            text.append(digits.charAt(index));
        }
        return text.toString();
    }

    /// 812345 parts per million as 0.812, cut off.
    static String share(int ppm) {
        return ppm / 1_000_000 + "."
                + Integer.toString(1000 + ppm / 1000 % 1000).substring(1);
    }

    /// 8200 microseconds as 8.2 ms, cut off.
    static String millis(int micros) {
        return micros / 1000 + "." + micros % 1000 / 100 + " ms";
    }

    /// Text from outside, cut to what a status may carry.
    static String cut(String text) {
        return text.length() <= 300
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(299)) ? 299 : 300) + "…";
    }
}
