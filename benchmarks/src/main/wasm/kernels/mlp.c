// A perceptron with layers of 784, 256, 128 and 10 nodes in 32-bit floats, forward only; four partial sums for each dot
// product. The amount is the number of inputs.
#include "kernel.h"

enum { INPUTS = 784, FIRST = 256, SECOND = 128, OUTPUTS = 10, THIRD = 16 };

static float weights1[FIRST * INPUTS], weights2[SECOND * FIRST], weights3[THIRD * SECOND];
static float input[INPUTS], hidden1[FIRST], hidden2[SECOND], output[THIRD];

static void dense(const float *restrict weights, const float *restrict x, float *restrict y, int rows, int columns,
                  int rectify) {
    for (int row = 0; row < rows; row++) {
        const float *w = weights + row * columns;
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (int i = 0; i < columns; i += 4) {
            s0 += w[i] * x[i];
            s1 += w[i + 1] * x[i + 1];
            s2 += w[i + 2] * x[i + 2];
            s3 += w[i + 3] * x[i + 3];
        }
        float sum = (s0 + s1) + (s2 + s3);
        y[row] = rectify && sum < 0 ? 0 : sum;
    }
}

static void fill(float *weights, int count) {
    for (int i = 0; i < count; i++) weights[i] = ((int)(next_random() & 255) - 128) / 1024.f;
}

KERNEL u32 run(i32 inputs) {
    random_state = 3;
    fill(weights1, FIRST * INPUTS);
    fill(weights2, SECOND * FIRST);
    fill(weights3, THIRD * SECOND);
    u32 checksum = 0;
    for (int number = 0; number < inputs; number++) {
        for (int i = 0; i < INPUTS; i++) input[i] = (next_random() & 255) / 256.f;
        dense(weights1, input, hidden1, FIRST, INPUTS, 1);
        dense(weights2, hidden1, hidden2, SECOND, FIRST, 1);
        dense(weights3, hidden2, output, THIRD, SECOND, 0);
        for (int i = 0; i < OUTPUTS; i++) checksum = checksum * 31 + bits_of_float(output[i]);
    }
    return checksum;
}
