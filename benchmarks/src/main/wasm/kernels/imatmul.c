// Product of two integer matrices, 256 x 256, as the textbook writes it. The amount is the number of products.
#include "kernel.h"

enum { N = 256 };

static i32 a[N * N], b[N * N], c[N * N];

KERNEL u32 run(i32 products) {
    random_state = 1;
    for (int i = 0; i < N * N; i++) {
        a[i] = next_random() & 1023;
        b[i] = next_random() & 1023;
    }
    u32 checksum = 0;
    for (int product = 0; product < products; product++) {
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) {
                i32 sum = 0;
                for (int k = 0; k < N; k++) sum += a[i * N + k] * b[k * N + j];
                c[i * N + j] = sum;
            }
        for (int i = 0; i < N * N; i++) checksum = checksum * 31 + c[i];
    }
    return checksum;
}
