// Reads a 28 x 28 grey image in the binary PGM format (netpbm "P5").
#ifndef PGM_H
#define PGM_H

#include <stdint.h>

// Copies the pixels of the image to `pixels` and returns 0, or returns a sentence that says what is wrong.
// Any bytes are safe. Comments in the header are skipped; bytes after the pixels are an error.
const char *read_pgm(const uint8_t *bytes, uint32_t length, uint8_t *pixels);

#endif
