#include "pgm.h"
#include "network.h"

typedef struct {
    const uint8_t *at, *end;
} Cursor;

static int is_space(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_spaces_and_comments(Cursor *in) {
    while (in->at < in->end && (is_space(*in->at) || *in->at == '#')) {
        if (*in->at == '#') {
            while (in->at < in->end && *in->at != '\n' && *in->at != '\r') in->at++;
        } else {
            in->at++;
        }
    }
}

// Returns the decimal number that follows, or -1 when there is none or it exceeds 65535, the format's limit.
static int32_t read_number(Cursor *in) {
    const uint8_t *start = in->at;
    skip_spaces_and_comments(in);
    if (in->at == start) return -1;
    int32_t number = 0;
    const uint8_t *first_digit = in->at;
    for (; in->at < in->end && *in->at >= '0' && *in->at <= '9'; in->at++) {
        number = number * 10 + (*in->at - '0');
        if (number > 65535) return -1;
    }
    return in->at == first_digit ? -1 : number;
}

const char *read_pgm(const uint8_t *bytes, uint32_t length, uint8_t *pixels) {
    if (length < 2 || bytes[0] != 'P' || bytes[1] != '5') return "not a binary PGM: it does not start with P5";
    Cursor in = {bytes + 2, bytes + length};
    int32_t width = read_number(&in);
    int32_t height = read_number(&in);
    int32_t maximum = read_number(&in);
    if (width < 0 || height < 0 || maximum < 0) return "the PGM header is not: width, height, maximum";
    if (width != SIDE || height != SIDE) return "the image is not 28 x 28 pixels";
    if (maximum != 255) return "the maximum value is not 255";
    if (in.at == in.end || !is_space(*in.at)) return "no white space between the PGM header and the pixels";
    in.at++;
    if (in.end - in.at < PIXELS) return "the pixels end early";
    if (in.end - in.at > PIXELS) return "there are bytes after the pixels";
    for (int pixel = 0; pixel < PIXELS; pixel++) pixels[pixel] = in.at[pixel];
    return 0;
}
