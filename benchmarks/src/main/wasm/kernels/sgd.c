// Logistic regression by stochastic gradient descent in 32-bit floats, 1,024 samples of 64 features: what a client of
// federated learning does. The amount is the number of epochs.
#include "kernel.h"

enum { SAMPLES = 1024, FEATURES = 64 };

static float x[SAMPLES * FEATURES], labels[SAMPLES], weights[FEATURES];

// e^t for |t| <= 80: two to a whole power, times a polynomial.
static inline float exponential(float t) {
    if (t > 80) t = 80;
    if (t < -80) t = -80;
    float scaled = t * 1.44269504f;
    int power = (int)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
    float rest = (scaled - power) * 0.69314718f;
    float polynomial =
        1 + rest * (1 + rest * (0.5f + rest * (0.16666667f + rest * (0.041666668f + rest * 0.008333334f))));
    union {
        u32 bits;
        float value;
    } scale = {.bits = (u32)(power + 127) << 23};
    return polynomial * scale.value;
}

KERNEL u32 run(i32 epochs) {
    random_state = 12;
    for (int i = 0; i < SAMPLES * FEATURES; i++) x[i] = ((int)(next_random() & 1023) - 512) / 512.f;
    for (int i = 0; i < SAMPLES; i++) labels[i] = x[i * FEATURES] + x[i * FEATURES + 1] > 0 ? 1 : 0;
    for (int i = 0; i < FEATURES; i++) weights[i] = 0;
    for (int epoch = 0; epoch < epochs; epoch++)
        for (int number = 0; number < SAMPLES; number++) {
            const float *sample = x + number * FEATURES;
            float z = 0;
            for (int i = 0; i < FEATURES; i++) z += sample[i] * weights[i];
            float gradient = (1.f / (1.f + exponential(-z)) - labels[number]) * 0.01f;
            for (int i = 0; i < FEATURES; i++) weights[i] -= gradient * sample[i];
        }
    u32 checksum = 0;
    for (int i = 0; i < FEATURES; i++) checksum = checksum * 31 + bits_of_float(weights[i]);
    return checksum;
}
