// Loops that clang turns into vector instructions when it may. Prints one checksum for each; what it prints must not
// depend on that. The argument is how often all of them are done.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 4096 };

static uint8_t a8[N], b8[N], c8[N];
static int16_t a16[N], b16[N], c16[N];
static int32_t a32[N], b32[N], c32[N];
static int64_t a64[N], b64[N], c64[N];
static float af[N], bf[N], cf[N];
static double ad[N], bd[N], cd[N];

static uint64_t state = 88172645463325252ull;

static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static void fill(void) {
  for (int i = 0; i < N; i++) {
    uint64_t r = next();
    a8[i] = r, b8[i] = r >> 8, a16[i] = r >> 16, b16[i] = r >> 32;
    a64[i] = next(), b64[i] = next();
    a32[i] = a64[i] >> 7, b32[i] = b64[i] >> 9;
    af[i] = (int16_t)(r >> 3) / 64.0f, bf[i] = (int16_t)(r >> 5) / 32.0f;
    ad[i] = (int32_t)r / 1024.0, bd[i] = (int32_t)(r >> 20) / 4096.0;
  }
}

#define KERNEL(name, type, out, expression) \
  __attribute__((noinline)) static void name(void) { \
    for (int i = 0; i < N; i++) out[i] = (type)(expression); \
  }

KERNEL(add_saturated, uint8_t, c8, a8[i] + b8[i] > 255 ? 255 : a8[i] + b8[i])
KERNEL(subtract_saturated, uint8_t, c8, a8[i] > b8[i] ? a8[i] - b8[i] : 0)
KERNEL(average, uint8_t, c8, (a8[i] + b8[i] + 1) >> 1)
KERNEL(least, uint8_t, c8, a8[i] < b8[i] ? a8[i] : b8[i])
KERNEL(blend, uint8_t, c8, (a8[i] * 77 + b8[i] * 179) >> 8)
KERNEL(multiply16, int16_t, c16, a16[i] * b16[i])
KERNEL(largest16, int16_t, c16, a16[i] > b16[i] ? a16[i] : b16[i])
KERNEL(absolute16, int16_t, c16, abs(a16[i]) >> 3)
KERNEL(widen, int32_t, c32, a16[i] * b16[i] + a32[i])
KERNEL(choose, int32_t, c32, a32[i] < b32[i] ? a32[i] << 3 : (int32_t)((uint32_t)b32[i] >> 5) ^ a32[i])
KERNEL(multiply64, int64_t, c64, a64[i] * b64[i] + (int64_t)a32[i] * b32[i])
KERNEL(saxpy, float, cf, af[i] * 1.5f + bf[i])
KERNEL(root, float, cf, sqrtf(fabsf(af[i])) / (bf[i] * bf[i] + 1))
KERNEL(from_int, float, cf, (float)a32[i] * 0.25f)
KERNEL(daxpy, double, cd, ad[i] * 1.5 - bd[i])
KERNEL(promote, double, cd, (double)af[i] * a32[i])
KERNEL(rounded, double, cd, floor(ad[i]) + ceil(bd[i]))

static int32_t dot(void) {
  int32_t sum = 0;
  for (int i = 0; i < N; i++) sum += (int8_t)a8[i] * (int8_t)b8[i];
  return sum;
}

static uint64_t hash(uint64_t h, const void *bytes, int count) {
  const uint8_t *b = bytes;
  for (int i = 0; i < count; i++) h = (h ^ b[i]) * 1099511628211ull;
  return h;
}

int main(int argc, char **argv) {
  static void (*const kernels[])(void) = {
      add_saturated, subtract_saturated, average, least, blend, multiply16, largest16, absolute16, widen,
      choose, multiply64, saxpy, root, from_int, daxpy, promote, rounded};
  int rounds = argc > 1 ? atoi(argv[1]) : 1;
  int only = argc > 2 ? atoi(argv[2]) : -1;
  int count = sizeof kernels / sizeof *kernels;
  fill();
  for (int k = 0; k < count; k++) {
    if (only >= 0 && only != k) continue;
    for (int r = 0; r < rounds; r++) kernels[k]();
    uint64_t h = 14695981039346656037ull;
    h = hash(h, c8, sizeof c8), h = hash(h, c16, sizeof c16), h = hash(h, c32, sizeof c32);
    h = hash(h, c64, sizeof c64), h = hash(h, cf, sizeof cf), h = hash(h, cd, sizeof cd);
    printf("%d %016llx\n", k, (unsigned long long)h);
  }
  int32_t sum = 0;
  if (only < 0 || only == count) for (int r = 0; r < rounds; r++) sum += dot();
  printf("dot %d\n", sum);
}
