package org.ambientvcp.wasm.tensor;

import static org.ambientvcp.wasm.tensor.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Stop;
import org.junit.jupiter.api.Test;

/// Any arguments at all: a trap by the rules, stated here in numbers without bounds, or a result that changes nothing
/// but
/// its own region; and nothing is charged or written before all is checked.
class HostileArgumentsTest {
    private static final long GAS = 1 << 16;
    private static final String TOO_MUCH = "too much gas";
    private static final long[] EXTREMES = {
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        0xffff_fffeL,
        0x4000_0000L,
        0x1_0000L,
        0xffffL,
        0x2000_0001L,
        0x5555_5556L
    };

    private static final List<String> NAMES =
            TensorFunctions.TYPES.keySet().stream().sorted().toList();
    /// Of the arguments, where they are not 3.
    private static final Map<String, Integer> COUNTS =
            Map.of("gemm_f32", 7, "gemm_i8", 7, "conv2d_f32", 15, "conv2d_i8", 15, "softmax_i32", 5);

    private static final class Call {
        private final String name;
        private final byte[] memory;
        private final long[] arguments;

        Call(String name, byte[] memory, long[] arguments) {
            this.name = name;
            this.memory = memory;
            this.arguments = arguments;
        }

        long at(int index) {
            return arguments[index] & 0xffff_ffffL;
        }

        @Override
        public String toString() {
            var shown = LongStream.of(arguments).mapToObj(Long::toHexString).toList();
            return name + shown + " in " + memory.length;
        }
    }

    /// @param bytes not bounded
    private record Range(long address, BigInteger bytes) {
        static Range of(long address, long... factors) {
            return new Range(
                    address,
                    Arrays.stream(factors).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply));
        }

        boolean isIn(byte[] memory) {
            return end().compareTo(BigInteger.valueOf(memory.length)) <= 0;
        }

        boolean meets(Range other) {
            return bytes.signum() > 0
                    && other.bytes.signum() > 0
                    && BigInteger.valueOf(address).compareTo(other.end()) < 0
                    && BigInteger.valueOf(other.address).compareTo(end()) < 0;
        }

        private BigInteger end() {
            return bytes.add(BigInteger.valueOf(address));
        }
    }

    @Test
    void anyArgumentsGiveATrapOrAResult() {
        var endings = new HashMap<String, Integer>();

        forAll(
                150_000,
                HostileArgumentsTest::call,
                call -> endings.merge(call.name + " " + check(call), 1, Integer::sum));

        for (var name : TensorFunctions.TYPES.keySet())
            assertThat(endings.keySet()).contains(name + " out of bounds memory access", name + " done");
        assertThat(endings.keySet())
                .contains("gemm_f32 overlapping memory", "conv2d_i8 overlapping memory", "relu_i8 overlapping memory")
                .contains("gemm_i8 invalid argument", "conv2d_f32 invalid argument", "softmax_i32 invalid argument");
    }

    private static String check(Call call) {
        var ranges = ranges(call);
        var expected = expectedTrap(call, ranges);
        var memory = call.memory.clone();
        var charged = new ArrayList<Long>();
        var ending = "done";
        try {
            TensorFunctions.call(call.name, memory, call.arguments, gas -> {
                charged.add(gas);
                if (gas > GAS) throw Stop.because(Outcome.OUT_OF_GAS, TOO_MUCH);
            });
        } catch (Stop stop) {
            ending = String.valueOf(stop.reason());
        }
        if (!expected.isEmpty()) {
            assertThat(ending).isEqualTo(expected);
            assertThat(charged).isEmpty();
        } else {
            assertThat(ending).isIn("done", TOO_MUCH);
            assertThat(charged.getFirst()).isNotNegative();
            assertThat(charged.subList(1, charged.size())).allMatch(gas -> gas == 0);
        }
        var changes = ending.equals("done") && !call.name.equals("dot_i8");
        var result = ranges.getLast();
        for (var i = 0; i < memory.length; i++)
            if (!changes || i < result.address || i >= result.address + result.bytes.longValueExact())
                assertThat(memory[i]).as("byte %s", i).isEqualTo(call.memory[i]);
        return ending;
    }

    /// Operands, then the result.
    private static List<Range> ranges(Call call) {
        var element = call.name.endsWith("i8") ? 1 : 4;
        return switch (call.name) {
            case "gemm_f32", "gemm_i8" ->
                List.of(
                        Range.of(call.at(0), element, call.at(3), call.at(5)),
                        Range.of(call.at(1), element, call.at(5), call.at(4)),
                        Range.of(call.at(2), 4, call.at(3), call.at(4)));
            case "conv2d_f32", "conv2d_i8" ->
                List.of(
                        Range.of(call.at(0), element, call.at(3), call.at(4), call.at(5), call.at(6)),
                        Range.of(call.at(1), element, call.at(7), call.at(4), call.at(8), call.at(9)),
                        Range.of(call.at(2), 4, call.at(3), call.at(7), places(call, 0), places(call, 1)));
            case "softmax_i32" ->
                List.of(
                        Range.of(call.at(0), 4, call.at(2), call.at(3)),
                        Range.of(call.at(1), 4, call.at(2), call.at(3)));
            default -> List.of(Range.of(call.at(0), element, call.at(2)), Range.of(call.at(1), element, call.at(2)));
        };
    }

    private static long places(Call call, int axis) {
        var room = call.at(5 + axis) + 2 * call.at(12 + axis) - call.at(8 + axis);
        return room < 0 ? 0 : room / Math.max(1, call.at(10 + axis)) + 1;
    }

    /// Empty if there is none.
    private static String expectedTrap(Call call, List<Range> ranges) {
        var isInvalid = switch (call.name) {
            case "gemm_f32", "gemm_i8" -> call.at(6) > 3;
            case "softmax_i32" -> call.at(4) > 31;
            case "conv2d_f32", "conv2d_i8" ->
                call.at(14) > 1
                        || call.at(10) < 1
                        || call.at(11) < 1
                        || LongStream.range(10, 14).anyMatch(i -> call.at((int) i) > 0xffff);
            default -> false;
        };
        if (isInvalid) return "invalid argument";
        if (!ranges.stream().allMatch(range -> range.isIn(call.memory))) return "out of bounds memory access";
        var result = ranges.getLast();
        var mayBeTheSame = call.name.startsWith("relu") || call.name.startsWith("softmax");
        var overlaps = ranges.stream()
                .limit(ranges.size() - 1)
                .anyMatch(operand -> result.meets(operand) && !(mayBeTheSame && operand.address == result.address));
        return overlaps && !call.name.equals("dot_i8") ? "overlapping memory" : "";
    }

    private static Call call(RandomGenerator random) {
        var name = NAMES.get(random.nextInt(NAMES.size()));
        var memory = new byte[random.nextInt(300)];
        random.nextBytes(memory);
        var count = COUNTS.getOrDefault(name, 3);
        var arguments = new long[count];
        var wildness = random.nextInt(4);
        for (var i = 0; i < count; i++) {
            var isAddress = i < (count > 6 ? 3 : 2);
            var low = random.nextInt(12) < wildness
                    ? EXTREMES[random.nextInt(EXTREMES.length)] - random.nextInt(2)
                    : isAddress ? random.nextInt(memory.length + 2) : random.nextInt(4);
            arguments[i] = (low & 0xffff_ffffL) | (random.nextLong() << 32);
        }
        return new Call(name, memory, arguments);
    }
}
