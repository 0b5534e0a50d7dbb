package org.ambientvcp.wasm;

/// Why a module cannot be run; becomes [Compilation.Refused].
final class Refusal extends Exception {
    private static final int LONGEST_REASON = 300;

    Refusal(String reason) {
        super(printable(reason));
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /// Names in a hostile module may hold anything: what is not printable becomes `?`, and the end is cut.
    static String printable(String text) {
        var printable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_REASON)
                .forEach(point -> printable.appendCodePoint(isPrintable(point) ? point : '?'));
        return printable.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
