// Sorts the lines of standard input, like sort(1) in the C locale.
//
//   -n  by the decimal number a line starts with, of any length; lines without one count as 0
//   -r  in reverse
//   -u  only the first of equal lines
//
// An ordinary C program: it knows nothing of the sandbox. `cc sort.c -o sort` makes a native one.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A decimal number as its digits, so that no precision is lost.
typedef struct {
    int negative;
    const char *whole; // without leading zeros
    size_t whole_length;
    const char *fraction; // without trailing zeros
    size_t fraction_length;
} Number;

typedef struct {
    const char *text; // not terminated
    size_t length;
    Number number; // set with -n only
} Line;

static int numeric, reverse, unique;

static void fail(const char *message) {
    fputs("sort: ", stderr);
    fputs(message, stderr);
    fputc('\n', stderr);
    exit(2);
}

// Reads the whole of standard input; sets `length`.
static char *read_all(size_t *length) {
    size_t capacity = 16384, used = 0, got;
    char *bytes = malloc(capacity);
    if (bytes == NULL) fail("out of memory");
    while ((got = fread(bytes + used, 1, capacity - used, stdin)) > 0) {
        used += got;
        if (used < capacity) continue;
        if (capacity > SIZE_MAX / 2) fail("out of memory");
        capacity *= 2;
        bytes = realloc(bytes, capacity);
        if (bytes == NULL) fail("out of memory");
    }
    if (ferror(stdin)) fail("cannot read standard input");
    *length = used;
    return bytes;
}

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

static Number parse(const char *at, const char *end) {
    Number number = {0};
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    if (at < end && *at == '-') number.negative = 1, at++;
    while (at < end && *at == '0') at++;
    number.whole = at;
    while (at < end && is_digit(*at)) at++;
    number.whole_length = (size_t)(at - number.whole);
    if (at < end && *at == '.') at++;
    number.fraction = at;
    for (; at < end && is_digit(*at); at++) {
        if (*at != '0') number.fraction_length = (size_t)(at + 1 - number.fraction);
    }
    if (number.whole_length + number.fraction_length == 0) number.negative = 0; // -0 is 0
    return number;
}

static Line *split(const char *bytes, size_t length, size_t *count) {
    const char *end = bytes + length;
    size_t lines = length > 0 && end[-1] != '\n';
    for (const char *at = bytes; at < end; at++) lines += *at == '\n';
    Line *split = calloc(lines + 1, sizeof(Line));
    if (split == NULL) fail("out of memory");
    for (size_t i = 0; i < lines; i++) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        if (newline == NULL) newline = end;
        split[i] = (Line){.text = bytes, .length = (size_t)(newline - bytes)};
        if (numeric) split[i].number = parse(split[i].text, newline);
        bytes = newline + 1;
    }
    *count = lines;
    return split;
}

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length) {
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_numbers(const Number *a, const Number *b) {
    if (a->negative != b->negative) return b->negative - a->negative;
    int order = (a->whole_length > b->whole_length) - (a->whole_length < b->whole_length);
    if (order == 0) order = memcmp(a->whole, b->whole, a->whole_length);
    if (order == 0) order = compare_bytes(a->fraction, a->fraction_length, b->fraction, b->fraction_length);
    return a->negative ? -order : order;
}

// The order -n, -r and -u ask for; 0 means that -u keeps one of the two.
static int compare_keys(const Line *a, const Line *b) {
    int order = numeric ? compare_numbers(&a->number, &b->number) : 0;
    if (order == 0 && !(numeric && unique)) order = compare_bytes(a->text, a->length, b->text, b->length);
    return reverse ? -order : order;
}

// Equal keys stay in the order of the input, which is the order of their addresses.
static int compare(const void *left, const void *right) {
    const Line *a = *(const Line *const *)left, *b = *(const Line *const *)right;
    int order = compare_keys(a, b);
    return order != 0 ? order : (a > b) - (a < b);
}

int main(int argc, char **argv) {
    for (int option; (option = getopt(argc, argv, "nru")) != -1;) {
        switch (option) {
        case 'n': numeric = 1; break;
        case 'r': reverse = 1; break;
        case 'u': unique = 1; break;
        default: fail("usage: sort [-n] [-r] [-u] <input");
        }
    }
    if (optind < argc) fail("reads standard input only, but a file was named");

    size_t length, count;
    const char *bytes = read_all(&length);
    const Line *lines = split(bytes, length, &count);
    const Line **sorted = calloc(count + 1, sizeof *sorted);
    if (sorted == NULL) fail("out of memory");
    for (size_t i = 0; i < count; i++) sorted[i] = &lines[i];
    qsort(sorted, count, sizeof *sorted, compare);
    for (size_t i = 0; i < count; i++) {
        if (unique && i > 0 && compare_keys(sorted[i - 1], sorted[i]) == 0) continue;
        fwrite(sorted[i]->text, 1, sorted[i]->length, stdout);
        putchar('\n');
    }
    if (fflush(stdout) != 0 || ferror(stdout)) fail("cannot write standard output");
    return 0;
}
