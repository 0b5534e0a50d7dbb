// Reads MNIST: pictures and labels in the IDX format, as distributed (.gz) or unpacked.
#ifndef IDX_H
#define IDX_H

#include "network.h"

typedef struct {
    int count;
    uint8_t (*pixels)[PIXELS];
    uint8_t *labels; // 0-9
} Pictures;

// Reads `set` ("train" or "t10k") from the folder. Says what is wrong and exits if it is not there or broken.
Pictures read_pictures(const char *folder, const char *set);

#endif
