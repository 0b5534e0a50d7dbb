// The perceptron of mlp.c quantised: weights of 8 bits, unsigned activations of 8 bits, sums of 32. The amount is the
// number of inputs.
#include "kernel.h"

enum { INPUTS = 784, FIRST = 256, SECOND = 128, OUTPUTS = 10, THIRD = 16 };

static i8 weights1[FIRST * INPUTS], weights2[SECOND * FIRST], weights3[THIRD * SECOND];
static u8 input[INPUTS], hidden1[FIRST], hidden2[SECOND];

static inline u8 clamp(i32 value) {
    return (u8)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void dense(const i8 *restrict weights, const u8 *restrict x, u8 *restrict y, int rows, int columns, int shift) {
    for (int row = 0; row < rows; row++) {
        const i8 *w = weights + row * columns;
        i32 sum = 0;
        for (int i = 0; i < columns; i++) sum += (i32)w[i] * (i32)x[i];
        y[row] = clamp(sum >> shift);
    }
}

static void fill(i8 *weights, int count) {
    for (int i = 0; i < count; i++) weights[i] = (i8)next_random();
}

KERNEL u32 run(i32 inputs) {
    random_state = 5;
    fill(weights1, FIRST * INPUTS);
    fill(weights2, SECOND * FIRST);
    fill(weights3, THIRD * SECOND);
    u32 checksum = 0;
    u8 output[THIRD];
    for (int number = 0; number < inputs; number++) {
        for (int i = 0; i < INPUTS; i++) input[i] = next_random() & 255;
        dense(weights1, input, hidden1, FIRST, INPUTS, 11);
        dense(weights2, hidden1, hidden2, SECOND, FIRST, 10);
        dense(weights3, hidden2, output, THIRD, SECOND, 9);
        for (int i = 0; i < OUTPUTS; i++) checksum = checksum * 31 + output[i];
    }
    return checksum;
}
