// Measures the quantised network on the 10,000 MNIST test pictures, with the code that runs in the sandbox.
//
//   cc -std=gnu11 -O2 measure.c network.c idx.c -o measure && ./measure MNIST_FOLDER
#include "idx.h"

#include <stdio.h>

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: measure MNIST_FOLDER\n");
        return 2;
    }
    Pictures set = read_pictures(argv[1], "t10k");
    int right = 0;
    for (int picture = 0; picture < set.count; picture++) {
        int32_t scores[DIGITS];
        right += classify_pixels(set.pixels[picture], scores) == set.labels[picture];
    }
    printf("%d of %d right, %.2f%%\n", right, set.count, 100.0 * right / set.count);
    return 0;
}
