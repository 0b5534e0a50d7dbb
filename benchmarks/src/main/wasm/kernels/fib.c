// Fibonacci numbers by two recursive calls: what a call costs. The amount is which number.
#include "kernel.h"

KERNEL u32 run(i32 n) {
    return n < 2 ? (u32)n : run(n - 1) + run(n - 2);
}
