// Quicksort (Hoare's partition, insertion sort for 16 and fewer) of 2^18 integers. The amount is the number of arrays.
#include "kernel.h"

enum { COUNT = 1 << 18, SMALL = 16 };

static i32 numbers[COUNT];

static void sort(i32 *a, int low, int high) {
    while (high - low > SMALL) {
        i32 pivot = a[(low + high) >> 1];
        int i = low, j = high;
        while (i <= j) {
            while (a[i] < pivot) i++;
            while (a[j] > pivot) j--;
            if (i <= j) {
                i32 swapped = a[i];
                a[i] = a[j];
                a[j] = swapped;
                i++;
                j--;
            }
        }
        if (j - low < high - i) {
            sort(a, low, j);
            low = i;
        } else {
            sort(a, i, high);
            high = j;
        }
    }
    for (int i = low + 1; i <= high; i++) {
        i32 value = a[i];
        int j = i - 1;
        while (j >= low && a[j] > value) {
            a[j + 1] = a[j];
            j--;
        }
        a[j + 1] = value;
    }
}

KERNEL u32 run(i32 arrays) {
    random_state = 7;
    u32 checksum = 0;
    for (int array = 0; array < arrays; array++) {
        for (int i = 0; i < COUNT; i++) numbers[i] = (i32)next_random();
        sort(numbers, 0, COUNT - 1);
        for (int i = 0; i < COUNT; i += 64) checksum = checksum * 31 + numbers[i];
    }
    return checksum;
}
