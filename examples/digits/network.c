#include "network.h"
#include "weights.h"

static uint8_t requantised(int32_t sum) {
    if (sum <= 0) return 0; // ReLU
    int64_t scaled = ((int64_t)sum * HIDDEN_FACTOR + ((int64_t)1 << (HIDDEN_SHIFT - 1))) >> HIDDEN_SHIFT;
    return scaled > 127 ? 127 : (uint8_t)scaled;
}

int classify_pixels(const uint8_t pixels[PIXELS], int32_t scores[DIGITS]) {
    uint8_t hidden[HIDDEN];
    for (int unit = 0; unit < HIDDEN; unit++) {
        int32_t sum = HIDDEN_BIAS[unit];
        for (int pixel = 0; pixel < PIXELS; pixel++) sum += HIDDEN_WEIGHTS[unit][pixel] * (pixels[pixel] >> 1);
        hidden[unit] = requantised(sum);
    }
    int best = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
        int32_t sum = SCORE_BIAS[digit];
        for (int unit = 0; unit < HIDDEN; unit++) sum += SCORE_WEIGHTS[digit][unit] * hidden[unit];
        scores[digit] = sum;
        if (sum > scores[best]) best = digit;
    }
    return best;
}
