// Product of two matrices of 32-bit floats, 256 x 256, row by row so that a compiler can use vectors. The amount is the
// number of products.
#include "kernel.h"

enum { N = 256 };

static float a[N * N], b[N * N], c[N * N];

KERNEL u32 run(i32 products) {
    random_state = 2;
    for (int i = 0; i < N * N; i++) {
        a[i] = (float)(next_random() & 1023) / 1024.f;
        b[i] = (float)(next_random() & 1023) / 1024.f;
    }
    u32 checksum = 0;
    for (int product = 0; product < products; product++) {
        for (int i = 0; i < N * N; i++) c[i] = 0;
        for (int i = 0; i < N; i++)
            for (int k = 0; k < N; k++) {
                float factor = a[i * N + k];
                for (int j = 0; j < N; j++) c[i * N + j] += factor * b[k * N + j];
            }
        for (int i = 0; i < N * N; i++) checksum = checksum * 31 + bits_of_float(c[i]);
    }
    return checksum;
}
