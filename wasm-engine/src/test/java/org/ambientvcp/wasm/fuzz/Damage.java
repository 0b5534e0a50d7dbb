package org.ambientvcp.wasm.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Makes something else of a valid module.
final class Damage {
    private static final int HEADER = 8;

    private final SplittableRandom random;
    private final List<byte[]> others;

    /// @param others modules to take pieces from
    Damage(SplittableRandom random, List<byte[]> others) {
        this.random = random;
        this.others = others;
    }

    byte[] of(byte[] module) {
        var bytes = module.clone();
        for (var changes = random.nextInt(4) == 0 ? 3 : 1; changes > 0; changes--) bytes = once(bytes);
        return bytes;
    }

    private byte[] once(byte[] module) {
        if (module.length <= HEADER) return module;
        var at = random.nextInt(HEADER, module.length);
        var bytes = module.clone();
        switch (random.nextInt(15)) {
            case 0, 1, 9, 10 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3, 11, 12, 13 -> bytes[at] += (byte) random.nextInt(-2, 3);
            case 4 -> {
                return cutAndInsert(module, at, random.nextInt(1, 9), new byte[0]);
            }
            case 5 -> {
                var piece = Arrays.copyOfRange(module, at, Math.min(at + random.nextInt(1, 9), module.length));
                return cutAndInsert(module, at, 0, piece);
            }
            case 6 -> {
                return Arrays.copyOf(module, at);
            }
            case 7 -> {
                var other = others.get(random.nextInt(others.size()));
                var from = random.nextInt(other.length);
                var piece = Arrays.copyOfRange(other, from, Math.min(from + random.nextInt(1, 30), other.length));
                return cutAndInsert(module, at, piece.length, piece);
            }
            case 14 -> {
                var number = new Binary().unsigned(random.nextLong(1L << 32)).toArray();
                System.arraycopy(number, 0, bytes, at, Math.min(number.length, bytes.length - at));
            }
            default -> {
                return withSectionOf(others.get(random.nextInt(others.size())), module);
            }
        }
        return bytes;
    }

    private static byte[] cutAndInsert(byte[] bytes, int at, int count, byte[] piece) {
        return new Binary()
                .bytes(Arrays.copyOf(bytes, at))
                .bytes(piece)
                .bytes(Arrays.copyOfRange(bytes, Math.min(at + count, bytes.length), bytes.length))
                .toArray();
    }

    /// Puts a section in the place of another module's section of the same kind.
    private byte[] withSectionOf(byte[] donor, byte[] module) {
        var given = sections(donor);
        var taken = sections(module);
        if (given.isEmpty() || taken.isEmpty()) return module;
        var section = given.get(random.nextInt(given.size()));
        var out = new Binary().bytes(Arrays.copyOf(module, HEADER));
        for (var own : taken) out.bytes(own[0] == section[0] ? section : own);
        return out.toArray();
    }

    /// Each with its id and size; as many as can be made out.
    private static List<byte[]> sections(byte[] module) {
        var sections = new ArrayList<byte[]>();
        var at = HEADER;
        while (at < module.length) {
            var start = at++;
            var size = 0L;
            for (var shift = 0; shift < 35 && at < module.length; shift += 7) {
                size |= (module[at] & 0x7fL) << shift;
                if (module[at++] >= 0) break;
            }
            if (at + size > module.length) break;
            at += (int) size;
            sections.add(Arrays.copyOfRange(module, start, at));
        }
        return sections;
    }
}
