// SHA-256 (FIPS 180-4) of the task's input, without a C library.
#include "vcp.h"

enum { BLOCK = 64, CHUNK = 64 * BLOCK, ROUNDS = 64 };

static const uint32_t K[ROUNDS] = { // section 4.2.2
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t INITIAL[8] = { // section 5.3.3
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t state[8];
static uint8_t chunk[CHUNK + 2 * BLOCK]; // the padding of the last chunk needs up to one block more

static uint32_t rotated(uint32_t word, int bits) {
    return word >> bits | word << (32 - bits);
}

// Section 6.2.2.
static void compress(const uint8_t *block) {
    uint32_t w[ROUNDS];
    for (int t = 0; t < 16; t++, block += 4) {
        w[t] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
    }
    for (int t = 16; t < ROUNDS; t++) {
        uint32_t s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int t = 0; t < ROUNDS; t++) {
        uint32_t sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
        uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + K[t] + w[t];
        uint32_t sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
        uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1;
        d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

// Appends 1, zeros and the message length in bits (section 5.1.1); returns the padded length.
static uint32_t pad(uint32_t length, uint64_t message_bytes) {
    chunk[length++] = 0x80;
    while (length % BLOCK != BLOCK - 8) chunk[length++] = 0;
    for (int shift = 56; shift >= 0; shift -= 8) chunk[length++] = (uint8_t)(message_bytes * 8 >> shift);
    return length;
}

static void write_digest(void) {
    char text[65];
    for (int digit = 0; digit < 64; digit++) {
        text[digit] = "0123456789abcdef"[state[digit / 8] >> (28 - digit % 8 * 4) & 15];
    }
    text[64] = '\n';
    vcp_output_write(text, sizeof text);
}

// Writes the digest of the input as 64 hex digits and a newline.
// Returns 0, or 1 when the host hands out fewer input bytes than it announced.
VCP_EXPORT("digest") int32_t digest(void) {
    for (int i = 0; i < 8; i++) state[i] = INITIAL[i];
    uint32_t size = (uint32_t)vcp_input_size();
    uint32_t offset = 0;
    uint32_t length;
    do {
        uint32_t left = size - offset;
        length = left < CHUNK ? left : CHUNK;
        if (length > 0 && vcp_input_read(chunk, (int32_t)offset, (int32_t)length) != (int32_t)length) return 1;
        offset += length;
        uint32_t filled = length < CHUNK ? pad(length, size) : length;
        for (uint32_t at = 0; at < filled; at += BLOCK) compress(chunk + at);
    } while (length == CHUNK);
    write_digest();
    return 0;
}
