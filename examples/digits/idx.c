#include "idx.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Noreturn void fail(const char *name, const char *message) {
    fprintf(stderr, "%s: %s\n", name, message);
    exit(1);
}

static uint32_t big_endian(FILE *file, const char *name) {
    uint8_t bytes[4];
    if (fread(bytes, 1, 4, file) != 4) fail(name, "no such file, or it ends early");
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// Reads the items of one file in the working folder; sets their number.
static uint8_t *read_items(const char *set, const char *kind, uint32_t magic, uint32_t item_size, int *count) {
    char name[64], command[80];
    snprintf(name, sizeof name, "%s-%s-ubyte", set, kind);
    snprintf(command, sizeof command, "gzip -dc %s.gz", name);
    int packed = access(name, R_OK) != 0;
    FILE *file = packed ? popen(command, "r") : fopen(name, "rb");
    if (file == NULL) fail(name, "cannot be opened");
    if (big_endian(file, name) != magic) fail(name, "is not this kind of IDX file");
    uint32_t items = big_endian(file, name);
    if (items == 0 || items > 1000000) fail(name, "does not hold 1 to 1,000,000 items");
    if (item_size > 1 && (big_endian(file, name) != SIDE || big_endian(file, name) != SIDE)) {
        fail(name, "does not hold 28 x 28 pictures");
    }
    uint8_t *bytes = malloc((size_t)items * item_size);
    if (bytes == NULL) fail(name, "out of memory");
    if (fread(bytes, item_size, items, file) != items) fail(name, "ends early");
    if (packed) pclose(file);
    else fclose(file);
    *count = (int)items;
    return bytes;
}

Pictures read_pictures(const char *folder, const char *set) {
    char *before = getcwd(NULL, 0);
    if (before == NULL || chdir(folder) != 0) fail(folder, "is not a folder");
    Pictures pictures;
    int labels;
    pictures.pixels = (uint8_t(*)[PIXELS])read_items(set, "images-idx3", 0x803, PIXELS, &pictures.count);
    pictures.labels = read_items(set, "labels-idx1", 0x801, 1, &labels);
    if (labels != pictures.count) fail(set, "there is not one label for each picture");
    for (int i = 0; i < labels; i++) {
        if (pictures.labels[i] >= DIGITS) fail(set, "a label is not 0-9");
    }
    if (chdir(before) != 0) fail(before, "cannot go back");
    free(before);
    return pictures;
}
