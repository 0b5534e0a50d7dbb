package org.ambientvcp.wasm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.ambientvcp.wasm.Outcome;
import org.ambientvcp.wasm.machine.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorGasTest {
    /// The formulas of docs/wasm-host-functions.md by hand: gas is part of the protocol.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemm_f32 | 256                          | 0 0 0 0 0 0 0",
                "gemm_f32 | 256+2+1+0+40                 | 0 4 8 1 1 1 0",
                "gemm_i8 | 256+2+1+0+40                  | 0 4 8 1 1 1 3",
                "gemm_f32 | 256+8*8*4+8*17+8*17/4+8*32+8*8 | 0 1000 2000 8 17 8 0",
                "gemm_f32 | 256+10*20*(63+8)+20*1000+2500+(320+160)*2 | 0 1000 100000 10 1000 20 1",
                "gemm_f32 | 256+0+0+100+320              | 0 0 0 10 40 0 0",
                "dot_i8 | 0                              | 0 0 0",
                "dot_i8 | 1                              | 0 0 1",
                "dot_i8 | 25                             | 0 0 100",
                "relu_f32 | 50                           | 0 0 100",
                "relu_i8 | 13                            | 0 0 100",
                "softmax_i32 | 256+30*16+10*128          | 0 0 10 3 0",
                "softmax_i32 | 256                       | 0 0 -1 0 0",
                "conv2d_f32 | 256                        | 0 0 0 1 1 1 1 1 3 3 1 1 0 0 0",
                "conv2d_i8 | 256+2*(128+4*27*2+27*(16+16*4)+4*16/4+4*32+27*8) | 0 1000 2000 2 3 6 6 4 3 3 1 1 0 0 0",
                "conv2d_f32 | 256+1*(128+0+0+16+128)     | 0 0 0 1 0 4 4 4 1 1 1 1 0 0 0"
            })
    void aCallCosts(String name, String sum, String arguments) {
        var charged = new AtomicLong();

        TensorFunctions.call(
                name,
                new byte[200_000],
                Arrays.stream(arguments.split(" ")).mapToLong(Long::parseLong).toArray(),
                charged::addAndGet);

        assertThat(charged.get()).isEqualTo(Terms.of(sum));
    }

    @Test
    void whatCannotBePaidIsNotDone() {
        var memory = new byte[100];
        memory[0] = 5;
        memory[50] = 7;
        var end = Stop.because(Outcome.OUT_OF_GAS, "in this test");

        assertThatThrownBy(() -> TensorFunctions.call("gemm_i8", memory, Calls.bits(0, 50, 60, 1, 1, 1, 0), gas -> {
                    throw end;
                }))
                .isSameAs(end);

        assertThat(memory[60]).isZero();
    }

    /// A host that looks at its clock when 0 is charged can end a call that takes long.
    @Test
    void longWorkCanBeEndedInTheMiddle() {
        var polls = new AtomicLong();
        var end = Stop.because(Outcome.DEADLINE, "in this test");

        assertThatThrownBy(() -> TensorFunctions.call(
                        "gemm_f32", new byte[13_000_000], Calls.bits(0, 4 << 20, 8 << 20, 1000, 1000, 1000, 0), gas -> {
                            if (gas == 0 && polls.incrementAndGet() == 10) throw end;
                        }))
                .isSameAs(end);
    }

    @ParameterizedTest
    @CsvSource({"relu_f32, 1500000, 1", "relu_i8, 9000000, 2", "dot_i8, 9000000, 2"})
    void theClockIsLookedAtBetweenTheParts(String name, int count, int looks) {
        var polls = new AtomicLong();

        TensorFunctions.call(name, new byte[9_000_000], Calls.bits(0, 0, count), gas -> {
            if (gas == 0) polls.incrementAndGet();
        });

        assertThat(polls).hasValue(looks);
    }

    /// Sums of products, with parentheses, as they are written in the table.
    private static final class Terms {
        private final String text;
        private int at;

        private Terms(String text) {
            this.text = text;
        }

        static long of(String text) {
            return new Terms(text).sum();
        }

        private long sum() {
            var sum = product();
            while (at < text.length() && text.charAt(at) == '+') {
                at++;
                sum += product();
            }
            return sum;
        }

        private long product() {
            var product = factor();
            while (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '/'))
                if (text.charAt(at++) == '*') product *= factor();
                else product /= factor();
            return product;
        }

        private long factor() {
            if (text.charAt(at) == '(') {
                at++;
                var sum = sum();
                at++;
                return sum;
            }
            var from = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
            return Long.parseLong(text.substring(from, at));
        }
    }
}
