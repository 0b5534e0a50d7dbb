// A quantised neural network that reads handwritten digits: 784 pixels, 64 hidden units, 10 scores.
//
// Integers only, so every machine computes the same scores. Weights are symmetric int8 (zero is 0),
// accumulators int32. Pixels enter as 0-127 (the byte halved); hidden units are brought back to 0-127 by a
// fixed-point factor: round(sum * HIDDEN_FACTOR / 2^HIDDEN_SHIFT) [Jacob et al. 2018, section 2.2].
// Largest sums: 784 * 127 * 127 and 64 * 127 * 127 plus a bias, both far below 2^31.
#ifndef NETWORK_H
#define NETWORK_H

#include <stdint.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE, HIDDEN = 64, DIGITS = 10 };

// Returns the digit 0-9 with the highest score, the lower digit in a tie. `pixels` are rows from the top,
// 0 for paper and 255 for ink. Sets one score per digit; their scale is the network's own.
int classify_pixels(const uint8_t pixels[PIXELS], int32_t scores[DIGITS]);

#endif
