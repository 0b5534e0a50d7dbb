// Primes below 2^22 by the sieve of Eratosthenes, a byte a number. The amount is how often.
#include "kernel.h"

enum { BELOW = 1 << 22 };

static u8 is_prime[BELOW];

KERNEL u32 run(i32 times) {
    u32 primes = 0;
    for (int time = 0; time < times; time++) {
        __builtin_memset(is_prime, 1, sizeof is_prime);
        for (u32 i = 2; i * i < BELOW; i++)
            if (is_prime[i])
                for (u32 multiple = i * i; multiple < BELOW; multiple += i) is_prime[multiple] = 0;
        primes = 0;
        for (u32 i = 2; i < BELOW; i++) primes += is_prime[i];
    }
    return primes;
}
