// Counts primes with a sieve of Eratosthenes over the odd numbers, one bit each.
//
// Bit i stands for 2i + 1 and is set when that number is composite; bit 0 stands for the prime 2, since
// 1 needs no bit. The sieve starts where the linker ends the data and grows with n: n / 16 bytes.
#include <stdint.h>

enum { MAX_N = 1000 * 1000 * 1000, PAGE = 65536 };

extern uint64_t __heap_base[]; // set by the linker; its address is the first free byte

// Makes memory reach `end`; returns 0 when the host refuses more pages.
static int reserve(uint32_t end) {
    uint32_t pages = (end + PAGE - 1) / PAGE;
    uint32_t present = __builtin_wasm_memory_size(0);
    return pages <= present || __builtin_wasm_memory_grow(0, pages - present) != (uintptr_t)-1;
}

// Returns the number of primes below n, for n up to 1,000,000,000 (62.5 MB of memory).
// Returns -1 when n is beyond that, or when the memory it needs is refused.
__attribute__((export_name("count_primes"))) int32_t count_primes(int32_t n) {
    if (n > MAX_N) return -1;
    if (n < 3) return 0;
    uint64_t *composite = (uint64_t *)(((uintptr_t)__heap_base + 7) & ~(uintptr_t)7);
    uint32_t odds = (uint32_t)n / 2;
    uint32_t words = (odds + 63) / 64;
    if (!reserve((uint32_t)(uintptr_t)composite + words * 8)) return -1;

    for (uint32_t word = 0; word < words; word++) composite[word] = 0; // an earlier call may have left bits
    for (uint32_t p = 3; p * p < (uint32_t)n; p += 2) {
        if (composite[p / 128] >> (p / 2 % 64) & 1) continue;
        for (uint32_t i = p * p / 2; i < odds; i += p) composite[i / 64] |= (uint64_t)1 << (i % 64);
    }
    uint32_t composites = 0;
    for (uint32_t word = 0; word < words; word++) composites += (uint32_t)__builtin_popcountll(composite[word]);
    return (int32_t)(odds - composites);
}
