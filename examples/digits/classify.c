// Which digit is on the picture? A 28 x 28 PGM in, one line of JSON out.
#include "network.h"
#include "pgm.h"
#include "vcp.h"

enum { LARGEST_INPUT = 4096 }; // 784 pixels, a header, and room for comments in it

static char line[256]; // the longest one: 10 scores of 11 characters and some 40 more
static int32_t used;

static void append(const char *text) {
    while (*text != 0) line[used++] = *text++;
}

static void append_number(int32_t number) {
    char digits[12];
    int at = sizeof digits;
    uint32_t left = number < 0 ? 0 - (uint32_t)number : (uint32_t)number;
    digits[--at] = 0;
    do digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0) append("-");
    append(digits + at);
}

static int32_t refuse(const char *reason) {
    append("{\"error\":\"");
    append(reason);
    append("\"}\n");
    vcp_output_write(line, used);
    return -1;
}

// Returns the digit and writes {"digit":7,"scores":[...]}, the scores of 0 to 9.
// Returns -1 on input that is no such picture, and writes {"error":"..."}.
VCP_EXPORT("classify") int32_t classify(void) {
    static uint8_t input[LARGEST_INPUT], pixels[PIXELS];
    used = 0;
    uint32_t size = (uint32_t)vcp_input_size();
    if (size > LARGEST_INPUT) return refuse("the input is longer than 4096 bytes");
    if (vcp_input_read(input, 0, (int32_t)size) != (int32_t)size) return refuse("the input could not be read");
    const char *error = read_pgm(input, size, pixels);
    if (error != 0) return refuse(error);

    int32_t scores[DIGITS];
    int digit = classify_pixels(pixels, scores);
    append("{\"digit\":");
    append_number(digit);
    append(",\"scores\":");
    for (int i = 0; i < DIGITS; i++) {
        append(i == 0 ? "[" : ",");
        append_number(scores[i]);
    }
    append("]}\n");
    vcp_output_write(line, used);
    return digit;
}
