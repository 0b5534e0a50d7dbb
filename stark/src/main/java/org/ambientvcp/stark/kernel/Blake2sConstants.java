package org.ambientvcp.stark.kernel;

/// The constants of BLAKE2s: RFC 7693, 2.6 and 2.7.
public final class Blake2sConstants {
    public static final int ROUNDS = 10;

    private static final int[] IV = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private static final String[] SIGMA = {
        "0123456789abcdef",
        "ea489fd61c02b753",
        "b8c052fdae367194",
        "7931dcbe265a40f8",
        "905724afe1bc683d",
        "2c6a0b834d75fe19",
        "c51fed4a0763928b",
        "db7ec13950f4862a",
        "6fe9b308c2d714a5",
        "a2847615fb9e3cd0"
    };

    private static final int[] ORDER = new int[ROUNDS * 16];

    static {
        for (var i = 0; i < ORDER.length; i++) ORDER[i] = Character.digit(SIGMA[i / 16].charAt(i % 16), 16);
    }

    private Blake2sConstants() {}

    public static int iv(int i) {
        return IV[i];
    }

    /// Which word of the message a round takes as its `i`th.
    public static int sigma(int round, int i) {
        return ORDER[16 * round + i];
    }
}
