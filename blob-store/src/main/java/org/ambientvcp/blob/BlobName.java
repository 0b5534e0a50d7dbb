package org.ambientvcp.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name of a blob: the SHA-256 of its bytes as 64 lower-case hexadecimal digits.
public final class BlobName {

    private static final int LENGTH = 64;

    private BlobName() {}

    /// The name of these bytes.
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// Whether the text is a name. Upper-case digits are not: a blob has one name.
    public static boolean isValid(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// Returns the name itself.
    ///
    /// @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
    public static String requireValid(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("blob name is not 64 lower-case hexadecimal digits: " + shown(name));
        }
        return name;
    }

    /// Hostile text, short and without control characters, so that it can stand in a message.
    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), LENGTH + 1)).replaceAll("\\p{Cntrl}", "?");
    }
}
