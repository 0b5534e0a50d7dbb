package org.ambientvcp.stark.machines;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ambientvcp.stark.field.BabyBear;
import org.ambientvcp.stark.proof.Words;
import org.ambientvcp.stark.security.Profile;

/// A proof of a demonstration with the statement it is for, as one file: six lines of text that a person can read, then
/// the bytes.
///
/// ```text
/// vcp proof v1
/// machine adder
/// rows 2^16
/// profile STANDARD
/// public 65535 3141 5926
/// context first try
/// ```
///
/// @param demonstration which machine
/// @param logRows binary logarithm of the rows the machine is made for, 12–20
/// @param profile the proof is made with
/// @param publicValues of the statement
/// @param context of the statement, one line of text
/// @param proof any bytes
public record ProofFile(
        Demonstration demonstration, int logRows, Profile profile, Words publicValues, String context, Bytes proof) {
    public static final int LEAST_LOG_ROWS = 12;
    public static final int MOST_LOG_ROWS = 20;

    private static final String FIRST_LINE = "vcp proof v1";
    private static final int LINES = 6;
    private static final int MOST_TEXT = 4_096;
    private static final int MOST_PUBLIC_VALUES = 64;

    public ProofFile {
        if (logRows < LEAST_LOG_ROWS || logRows > MOST_LOG_ROWS)
            throw new IllegalArgumentException("logRows is not 12–20: " + logRows);
        if (context.contains("\n")) throw new IllegalArgumentException("context is more than one line");
    }

    /// The bytes of the file.
    public byte[] encode() {
        var values = Arrays.stream(publicValues.toArray()).mapToObj(Integer::toString);
        var text = String.join(
                "\n",
                FIRST_LINE,
                "machine " + demonstration.machineName(),
                "rows 2^" + logRows,
                "profile " + profile.name(),
                "public " + values.collect(Collectors.joining(" ")),
                "context " + context,
                "");
        var head = text.getBytes(StandardCharsets.UTF_8);
        var file = Arrays.copyOf(head, head.length + proof.size());
        proof.copyTo(file, head.length);
        return file;
    }

    /// Reads any bytes; none if they are no such file.
    public static Optional<ProofFile> decode(byte[] file) {
        var end = 0;
        for (var line = 0; line < LINES; line++) {
            while (end < file.length && end < MOST_TEXT && file[end] != '\n') end++;
            if (end == file.length || end == MOST_TEXT) return Optional.empty();
            end++;
        }
        var lines = new String(file, 0, end, StandardCharsets.UTF_8).split("\n", -1);
        return read(lines, Bytes.of(Arrays.copyOfRange(file, end, file.length)));
    }

    private static Optional<ProofFile> read(String[] lines, Bytes proof) {
        if (!lines[0].equals(FIRST_LINE)
                || !lines[2].matches("rows 2\\^(1[2-9]|20)")
                || !lines[4].matches("public( \\d{1,10})+")
                || !lines[5].startsWith("context ")) return Optional.empty();
        var logRows = Integer.parseInt(lines[2].substring("rows 2^".length()));
        var values = Arrays.stream(lines[4].split(" "))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        if (values.length > MOST_PUBLIC_VALUES || Arrays.stream(values).anyMatch(value -> value >= BabyBear.P))
            return Optional.empty();
        var words =
                Words.of(Arrays.stream(values).mapToInt(value -> (int) value).toArray());
        var context = lines[5].substring("context ".length());
        return after(lines[1], "machine ")
                .flatMap(Demonstration::named)
                .flatMap(demonstration -> after(lines[3], "profile ")
                        .flatMap(Profile::ofName)
                        .map(profile -> new ProofFile(demonstration, logRows, profile, words, context, proof)));
    }

    private static Optional<String> after(String line, String word) {
        return line.startsWith(word) ? Optional.of(line.substring(word.length())) : Optional.empty();
    }

    /// Bytes that nobody changes.
    public static final class Bytes {
        private final byte[] content;

        private Bytes(byte[] content) {
            this.content = content;
        }

        /// A copy of the given bytes.
        public static Bytes of(byte[] content) {
            return new Bytes(content.clone());
        }

        public int size() {
            return content.length;
        }

        /// A fresh copy.
        public byte[] toArray() {
            return content.clone();
        }

        void copyTo(byte[] target, int at) {
            System.arraycopy(content, 0, target, at, content.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }
}
