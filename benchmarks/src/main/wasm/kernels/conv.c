// A layer of 3 x 3 convolutions in 32-bit floats: 16 channels of 64 x 64 with a border of one to 16 channels. The amount
// is the number of layers.
#include "kernel.h"

enum { CHANNELS = 16, SIZE = 64, PADDED = SIZE + 2, TAPS = 9 };

static float input[CHANNELS * PADDED * PADDED], output[CHANNELS * SIZE * SIZE], weights[CHANNELS * CHANNELS * TAPS];

static void row_of(int channel, int y) {
    float *out = output + (channel * SIZE + y) * SIZE;
    for (int x = 0; x < SIZE; x++) out[x] = 0;
    for (int from = 0; from < CHANNELS; from++) {
        const float *w = weights + (channel * CHANNELS + from) * TAPS;
        const float *in = input + (from * PADDED + y) * PADDED;
        for (int x = 0; x < SIZE; x++)
            out[x] += w[0] * in[x] + w[1] * in[x + 1] + w[2] * in[x + 2] + w[3] * in[PADDED + x] +
                      w[4] * in[PADDED + x + 1] + w[5] * in[PADDED + x + 2] + w[6] * in[2 * PADDED + x] +
                      w[7] * in[2 * PADDED + x + 1] + w[8] * in[2 * PADDED + x + 2];
    }
}

KERNEL u32 run(i32 layers) {
    random_state = 4;
    for (int i = 0; i < CHANNELS * PADDED * PADDED; i++) input[i] = (next_random() & 255) / 256.f;
    for (int i = 0; i < CHANNELS * CHANNELS * TAPS; i++) weights[i] = ((int)(next_random() & 255) - 128) / 256.f;
    u32 checksum = 0;
    for (int layer = 0; layer < layers; layer++) {
        for (int channel = 0; channel < CHANNELS; channel++)
            for (int y = 0; y < SIZE; y++) row_of(channel, y);
        for (int i = 0; i < CHANNELS * SIZE * SIZE; i++) checksum = checksum * 31 + bits_of_float(output[i]);
    }
    return checksum;
}
