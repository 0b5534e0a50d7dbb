// What every kernel shares. A kernel is one C file that defines `run`; it needs no C library, and gives the same
// result natively and as WASM, so that each engine's work is checked in each run.
#ifndef KERNEL_H
#define KERNEL_H

typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef __wasm__
#define KERNEL __attribute__((export_name("run"), noinline))
#else
#define KERNEL __attribute__((noinline))
#endif

// Does the work that `amount` asks for, from the same start every time, and returns a checksum of what came out.
KERNEL u32 run(i32 amount);

// Marsaglia's xorshift with 32 bits of state; the seed is not 0.
static u32 random_state;

static inline u32 next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static inline u32 bits_of_float(float value) {
    union {
        float value;
        u32 bits;
    } both = {.value = value};
    return both.bits;
}

static inline u64 bits_of_double(double value) {
    union {
        double value;
        u64 bits;
    } both = {.value = value};
    return both.bits;
}

#endif
