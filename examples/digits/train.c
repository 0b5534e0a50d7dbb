// Trains the network of network.h on MNIST in floating point, quantises it, and prints weights.h.
//
//   cc -std=gnu11 -O3 -ffp-contract=off train.c idx.c -lm -o train && ./train MNIST_FOLDER >weights.h
//
// Plain stochastic gradient descent, one picture at a time, cross entropy, a learning rate that falls in a
// straight line to 0; every picture is moved by up to one pixel each time it is seen. Weights lie by pixel, so
// that the blank pixels of a picture, four in five, cost nothing.
// One thread and a fixed seed: the same compiler, flags and libm give the same weights.
#include "idx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EPOCHS = 30, HIDDEN_SHIFT = 24 };

static const float LEARNING_RATE = 0.02f;

static float hidden_weights[PIXELS][HIDDEN], hidden_bias[HIDDEN];
static float score_weights[HIDDEN][DIGITS], score_bias[DIGITS];

static uint64_t seed = 20261122;

// SplitMix64 [Steele, Lea, Flood 2014].
static uint64_t random_bits(void) {
    uint64_t z = seed += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static int random_below(int bound) {
    return (int)(random_bits() % (uint64_t)bound);
}

// Uniform in [-limit, limit): the sum of squares stays the same through a ReLU layer [He et al. 2015].
static void fill(float *weights, int count, int inputs) {
    float limit = sqrtf(6.0f / (float)inputs);
    for (int i = 0; i < count; i++) weights[i] = ((float)(random_bits() >> 40) / 8388608.0f - 1.0f) * limit;
}

// The pixels of a picture that are not blank, moved by (dx, dy), as the quantised network will see them.
typedef struct {
    int count;
    int place[PIXELS];
    float ink[PIXELS]; // 0-1 in steps of 1/127
} Ink;

static void take_ink(const uint8_t *pixels, int dx, int dy, Ink *ink) {
    ink->count = 0;
    for (int pixel = 0; pixel < PIXELS; pixel++) {
        int x = pixel % SIDE + dx, y = pixel / SIDE + dy;
        if (pixels[pixel] < 2 || x < 0 || x >= SIDE || y < 0 || y >= SIDE) continue;
        ink->place[ink->count] = y * SIDE + x;
        ink->ink[ink->count++] = (float)(pixels[pixel] >> 1) / 127.0f;
    }
}

static void forward_hidden(const Ink *ink, float *hidden) {
    for (int unit = 0; unit < HIDDEN; unit++) hidden[unit] = hidden_bias[unit];
    for (int i = 0; i < ink->count; i++) {
        const float *weights = hidden_weights[ink->place[i]];
        for (int unit = 0; unit < HIDDEN; unit++) hidden[unit] += ink->ink[i] * weights[unit];
    }
    for (int unit = 0; unit < HIDDEN; unit++) hidden[unit] = fmaxf(hidden[unit], 0.0f);
}

// Sets the probability of each digit.
static void forward_scores(const float *hidden, float *probability) {
    float highest = -INFINITY, total = 0.0f;
    for (int digit = 0; digit < DIGITS; digit++) probability[digit] = score_bias[digit];
    for (int unit = 0; unit < HIDDEN; unit++) {
        for (int digit = 0; digit < DIGITS; digit++) probability[digit] += hidden[unit] * score_weights[unit][digit];
    }
    for (int digit = 0; digit < DIGITS; digit++) highest = fmaxf(highest, probability[digit]);
    for (int digit = 0; digit < DIGITS; digit++) total += probability[digit] = expf(probability[digit] - highest);
    for (int digit = 0; digit < DIGITS; digit++) probability[digit] /= total;
}

// One step of gradient descent; returns whether the network was right before it.
static int learn(const Ink *ink, int label, float rate) {
    float hidden[HIDDEN], error[DIGITS], back[HIDDEN];
    forward_hidden(ink, hidden);
    forward_scores(hidden, error);
    int right = 1;
    for (int digit = 0; digit < DIGITS; digit++) right &= error[digit] <= error[label];

    error[label] -= 1.0f;
    for (int unit = 0; unit < HIDDEN; unit++) {
        back[unit] = 0.0f;
        if (hidden[unit] == 0.0f) continue;
        for (int digit = 0; digit < DIGITS; digit++) {
            back[unit] += error[digit] * score_weights[unit][digit];
            score_weights[unit][digit] -= rate * error[digit] * hidden[unit];
        }
        hidden_bias[unit] -= rate * back[unit];
    }
    for (int digit = 0; digit < DIGITS; digit++) score_bias[digit] -= rate * error[digit];
    for (int i = 0; i < ink->count; i++) {
        float step = rate * ink->ink[i], *weights = hidden_weights[ink->place[i]];
        for (int unit = 0; unit < HIDDEN; unit++) weights[unit] -= step * back[unit];
    }
    return right;
}

static void train(Pictures set) {
    Ink ink;
    int *order = malloc((size_t)set.count * sizeof *order);
    if (order == NULL) exit(1);
    for (int i = 0; i < set.count; i++) order[i] = i;
    fill(hidden_weights[0], PIXELS * HIDDEN, PIXELS);
    fill(score_weights[0], HIDDEN * DIGITS, HIDDEN);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int right = 0;
        for (int i = 0; i < set.count; i++) { // Fisher-Yates, one place ahead of its use
            int other = i + random_below(set.count - i), picture = order[other];
            order[other] = order[i];
            order[i] = picture;
            int dx = random_below(3) - 1, dy = random_below(3) - 1;
            take_ink(set.pixels[picture], dx, dy, &ink);
            float done = ((float)epoch + (float)i / (float)set.count) / EPOCHS;
            right += learn(&ink, set.labels[picture], LEARNING_RATE * (1.0f - done));
        }
        fprintf(stderr, "epoch %2d: %.2f%% of the training pictures\n", epoch + 1, 100.0 * right / set.count);
    }
    free(order);
}

static float largest(const float *values, int count) {
    float size = 0.0f;
    for (int i = 0; i < count; i++) size = fmaxf(size, fabsf(values[i]));
    return size;
}

static float largest_hidden(Pictures set) {
    float size = 0.0f, hidden[HIDDEN];
    Ink ink;
    for (int picture = 0; picture < set.count; picture++) {
        take_ink(set.pixels[picture], 0, 0, &ink);
        forward_hidden(&ink, hidden);
        size = fmaxf(size, largest(hidden, HIDDEN));
    }
    return size;
}

// Prints values[row * row_step + column * column_step] / unit, rounded.
static void print_rows(const float *values, int rows, int row_step, int columns, int column_step, float unit) {
    for (int row = 0; row < rows; row++) {
        printf(rows > 1 ? "    {" : "    ");
        for (int column = 0; column < columns; column++) {
            long value = lroundf(values[row * row_step + column * column_step] / unit);
            printf("%s%ld", column > 0 ? "," : "", value);
        }
        printf(rows > 1 ? "},\n" : "\n");
    }
    printf("};\n");
}

// One unit of a weight, of a hidden unit and of a sum stands for this much: each is a real scale, so
// that a sum of weight * pixel has the product of both scales.
static void print_quantised(Pictures set) {
    float pixel_unit = 1.0f / 127.0f;
    float hidden_weight_unit = largest(hidden_weights[0], PIXELS * HIDDEN) / 127.0f;
    float hidden_unit = largest_hidden(set) / 127.0f;
    float score_weight_unit = largest(score_weights[0], HIDDEN * DIGITS) / 127.0f;
    float factor = hidden_weight_unit * pixel_unit / hidden_unit * (float)(1 << HIDDEN_SHIFT);

    printf("// Printed by train.c; do not edit. Trained on MNIST (CC BY-SA 3.0), see ../README.md.\n\n");
    printf("enum { HIDDEN_FACTOR = %ld, HIDDEN_SHIFT = %d };\n", lroundf(factor), HIDDEN_SHIFT);
    printf("\nstatic const int8_t HIDDEN_WEIGHTS[HIDDEN][PIXELS] = {\n");
    print_rows(hidden_weights[0], HIDDEN, 1, PIXELS, HIDDEN, hidden_weight_unit);
    printf("\nstatic const int32_t HIDDEN_BIAS[HIDDEN] = {\n");
    print_rows(hidden_bias, 1, 0, HIDDEN, 1, hidden_weight_unit * pixel_unit);
    printf("\nstatic const int8_t SCORE_WEIGHTS[DIGITS][HIDDEN] = {\n");
    print_rows(score_weights[0], DIGITS, 1, HIDDEN, DIGITS, score_weight_unit);
    printf("\nstatic const int32_t SCORE_BIAS[DIGITS] = {\n");
    print_rows(score_bias, 1, 0, DIGITS, 1, score_weight_unit * hidden_unit);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: train MNIST_FOLDER >weights.h\n");
        return 2;
    }
    Pictures set = read_pictures(argv[1], "train");
    train(set);
    print_quantised(set);
    return 0;
}
