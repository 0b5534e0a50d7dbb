// Product of two matrices of 32-bit floats, 256 x 256, with nothing around it: as a triple loop that a compiler can turn
// into vectors, or, with GEMM_BY_HOST, by the sandbox's host function, which gives the same bits. The amount is the
// number of products.
#include "kernel.h"

enum { N = 256 };

static float a[N * N], b[N * N], c[N * N];

#ifdef GEMM_BY_HOST
__attribute__((import_module("vcp"), import_name("gemm_f32"))) void gemm_f32(const float *left, const float *right,
                                                                             float *result, i32 height, i32 width,
                                                                             i32 depth, i32 flags);

static void multiply(void) {
    gemm_f32(a, b, c, N, N, N, 0);
}
#else
static void multiply(void) {
    for (int i = 0; i < N * N; i++) c[i] = 0;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            float factor = a[i * N + k];
            for (int j = 0; j < N; j++) c[i * N + j] += factor * b[k * N + j];
        }
}
#endif

KERNEL u32 run(i32 products) {
    random_state = 2;
    for (int i = 0; i < N * N; i++) {
        a[i] = (float)(next_random() & 1023) / 1024.f;
        b[i] = (float)(next_random() & 1023) / 1024.f;
    }
    for (int product = 0; product < products; product++) {
        multiply();
        a[product % (N * N)] = c[0] / N; // so that no product can be left out
    }
    u32 checksum = 0;
    for (int i = 0; i < N * N; i++) checksum = checksum * 31 + bits_of_float(c[i]);
    return checksum;
}
