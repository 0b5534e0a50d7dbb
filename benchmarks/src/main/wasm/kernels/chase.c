// Follows pointers through 16 MiB, each to a place that the one before names: what memory and caches allow. The amount
// is the number of steps.
#include "kernel.h"

enum { COUNT = 1 << 22 };

static u32 next[COUNT];

KERNEL u32 run(i32 steps) {
    // One cycle through all elements: a linear congruential generator of full period (Hull and Dobell).
    for (u32 i = 0; i < COUNT; i++) next[i] = (i * 1664525u + 1013904223u) % COUNT;
    u32 at = 0, checksum = 0;
    for (int step = 0; step < steps; step++) {
        at = next[at];
        checksum = checksum * 31 + at;
    }
    return checksum;
}
