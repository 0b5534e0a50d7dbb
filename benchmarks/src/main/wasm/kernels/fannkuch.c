// Pancake flips of all permutations (fannkuch-redux), the permutations generated in place. The amount is the number of
// elements, at most 16.
#include "kernel.h"

enum { MOST = 16 };

// How many prefix reversals bring 0 to the front.
static int flips(int *perm, int first) {
    int count = 1;
    for (;;) {
        int next = perm[first];
        if (next == 0) return count;
        perm[first] = first;
        if (first >= 3) {
            int i = 1, j = first - 1;
            do {
                int swapped = perm[i];
                perm[i] = perm[j];
                perm[j] = swapped;
                i++;
                j--;
            } while (i < j);
        }
        first = next;
        count++;
    }
}

KERNEL u32 run(i32 n) {
    int perm[MOST], flipped[MOST], counts[MOST];
    int most = 0, checksum = 0, sign = 1;
    for (int i = 0; i < n; i++) {
        perm[i] = i;
        flipped[i] = i;
        counts[i] = i;
    }
    for (;;) {
        if (perm[0] != 0) {
            for (int i = 1; i < n; i++) flipped[i] = perm[i];
            int count = flips(flipped, perm[0]);
            checksum += sign * count;
            if (count > most) most = count;
        }
        if (sign == 1) {
            int swapped = perm[0];
            perm[0] = perm[1];
            perm[1] = swapped;
            sign = -1;
            continue;
        }
        int swapped = perm[1];
        perm[1] = perm[2];
        perm[2] = swapped;
        sign = 1;
        for (int i = 2; i < n; i++) {
            if (counts[i] != 0) {
                counts[i]--;
                break;
            }
            if (i == n - 1) return (u32)(checksum * 1000 + most);
            counts[i] = i;
            int front = perm[0];
            for (int j = 0; j <= i; j++) perm[j] = perm[j + 1];
            perm[i + 1] = front;
        }
    }
}
