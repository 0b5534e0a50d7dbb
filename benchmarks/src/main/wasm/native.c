// Runs a kernel natively and prints, for each timed call, its processor time in nanoseconds and its checksum.
// Arguments: amount, milliseconds of warm-up (not printed), number of calls.
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

unsigned run(int amount);

static long long nanos_of_this_thread(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    int amount = atoi(arguments[1]), calls = atoi(arguments[3]);
    long long warm = nanos_of_this_thread() + atoll(arguments[2]) * 1000000;
    do run(amount);
    while (nanos_of_this_thread() < warm);
    for (int call = 0; call < calls; call++) {
        long long start = nanos_of_this_thread();
        unsigned checksum = run(amount);
        printf("%lld %u\n", nanos_of_this_thread() - start, checksum);
    }
    return 0;
}
