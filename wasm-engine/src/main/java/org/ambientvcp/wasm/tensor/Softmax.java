package org.ambientvcp.wasm.tensor;

import java.util.function.LongConsumer;
import org.ambientvcp.wasm.machine.MemoryAccess;

/// `softmax_i32`: integers only.
final class Softmax {
    /// Binary places of the result.
    static final int PLACES = 30;

    private static final int MOST_PLACES = 31;
    private static final int PART = 1 << 16;

    private final byte[] memory;
    private final int places;
    private final LongConsumer poll;

    private Softmax(byte[] memory, int places, LongConsumer poll) {
        this.memory = memory;
        this.places = places;
        this.poll = poll;
    }

    static void run(byte[] memory, Arguments arguments, LongConsumer charge) {
        var rows = arguments.at(2);
        var columns = arguments.at(3);
        var places = arguments.at(4, 0, MOST_PLACES);
        var input = Region.of(memory, arguments.at(0), Integer.BYTES, rows, columns);
        var output = Region.of(memory, arguments.at(1), Integer.BYTES, rows, columns);
        output.requireSameOrApartFrom(input);
        charge.accept(TensorGas.softmax(rows, columns));
        if (input.bytes() == 0) return;

        var softmax = new Softmax(memory, places, charge);
        var rowBytes = (int) columns * Integer.BYTES;
        for (var at = 0; at < input.bytes(); at += rowBytes)
            softmax.row(input.address() + at, output.address() + at, rowBytes);
    }

    private void row(int from, int to, int bytes) {
        var largest = Integer.MIN_VALUE;
        for (var i = 0; i < bytes; i += Integer.BYTES) largest = Math.max(largest, value(from + i));
        var sum = new Sum();
        for (var i = 0; i < bytes; i += PART) {
            if (bytes > PART) poll.accept(0);
            add(sum, from + i, Math.min(PART, bytes - i), largest);
        }
        var share = sum.share();
        for (var i = 0; i < bytes; i += PART) {
            if (bytes > PART) poll.accept(0);
            write(share, from + i, to + i, Math.min(PART, bytes - i), largest);
        }
    }

    private void add(Sum sum, int from, int bytes, int largest) {
        for (var i = 0; i < bytes; i += Integer.BYTES) sum.add(exponential(from + i, largest));
    }

    private void write(Share share, int from, int to, int bytes, int largest) {
        for (var i = 0; i < bytes; i += Integer.BYTES)
            MemoryAccess.INT.set(memory, to + i, share.of(exponential(from + i, largest)));
    }

    private long exponential(int address, int largest) {
        return Exponential.ofMinus((long) largest - value(address), places);
    }

    private int value(int address) {
        return (int) MemoryAccess.INT.get(memory, address);
    }

    /// A sum of 128 bits.
    private static final class Sum {
        private long high;
        private long low;

        void add(long addend) {
            low += addend;
            if (Long.compareUnsigned(low, addend) < 0) high++;
        }

        Share share() {
            var excess = high != 0 ? 65 - Long.numberOfLeadingZeros(high) : low < 0 ? 1 : 0;
            var normal = high != 0 ? high << (Long.SIZE - excess) | low >>> excess : low >>> excess;
            return new Share(quotient(normal), excess);
        }

        /// 2^124 / divisor, for a divisor from 2^62 to 2^63 - 1.
        private static long quotient(long divisor) {
            var quotient = 0L;
            var rest = 1L << 61;
            for (var i = 0; i < 63; i++) {
                rest <<= 1;
                quotient <<= 1;
                if (Long.compareUnsigned(rest, divisor) >= 0) {
                    rest -= divisor;
                    quotient++;
                }
            }
            return quotient;
        }
    }

    /// Division by a sum of 2^excess times 2^124 / inverse.
    private record Share(long inverse, int excess) {
        /// Rounded to the nearest, in units of 2^-30.
        int of(long part) {
            var shift = PLACES + excess;
            return (int) ((Math.multiplyHigh(part, inverse) + (1L << (shift - 1))) >> shift);
        }
    }
}
