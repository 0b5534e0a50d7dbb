// A mix of the small work that fills microcontrollers, in the manner of CoreMark and sharing nothing with it: a linked
// list that is searched, reversed and sorted; integer matrices of 16 bits; a state machine that reads numbers out of
// text; and a CRC of everything. The amount is the number of rounds.
#include "kernel.h"

// CRC-16/ARC, bit by bit.
static u16 crc_byte(u16 crc, u8 byte) {
    crc ^= byte;
    for (int bit = 0; bit < 8; bit++) crc = (u16)(crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1);
    return crc;
}

static u16 crc_word(u16 crc, u32 word) {
    for (int i = 0; i < 4; i++) crc = crc_byte(crc, (u8)(word >> 8 * i));
    return crc;
}

// ---- the list

enum { NODES = 256, SEARCHES = 32 };

typedef struct Node {
    struct Node *next;
    i16 key;
    u16 place;
} Node;

static Node nodes[NODES];

static Node *build_list(void) {
    // Linked in another order than they lie in memory; 97 and NODES have no common factor.
    for (int i = 0; i < NODES; i++) {
        int at = i * 97 % NODES, after = (i + 1) * 97 % NODES;
        nodes[at] = (Node){i + 1 < NODES ? &nodes[after] : 0, (i16)(next_random() & 0x3ff), (u16)i};
    }
    return &nodes[0];
}

static Node *find(Node *list, i16 key) {
    while (list && list->key != key) list = list->next;
    return list;
}

static Node *reverse(Node *list) {
    Node *reversed = 0;
    while (list) {
        Node *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

typedef int Order(const Node *, const Node *);

static int by_key(const Node *a, const Node *b) {
    return a->key - b->key;
}

static int by_place(const Node *a, const Node *b) {
    return a->place - b->place;
}

static Node *merge(Node *a, Node *b, Order *order) {
    Node *merged = 0, **end = &merged;
    while (a && b) {
        Node **least = order(a, b) <= 0 ? &a : &b;
        *end = *least;
        end = &(*least)->next;
        *least = (*least)->next;
    }
    *end = a ? a : b;
    return merged;
}

// Merge sort from below: bin i holds 2^i nodes or none. Stable.
static Node *sorted(Node *list, Order *order) {
    enum { BINS = 16 };
    Node *bins[BINS] = {0};
    while (list) {
        Node *carry = list;
        list = list->next;
        carry->next = 0;
        int bin = 0;
        for (; bins[bin]; bin++) {
            carry = merge(bins[bin], carry, order);
            bins[bin] = 0;
        }
        bins[bin] = carry;
    }
    Node *all = 0;
    for (int bin = 0; bin < BINS; bin++) all = merge(bins[bin], all, order);
    return all;
}

static u16 crc_list(u16 crc, const Node *list) {
    for (; list; list = list->next) crc = crc_word(crc, (u32)(u16)list->key << 16 | list->place);
    return crc;
}

static u16 list_work(u16 crc) {
    Node *list = build_list();
    for (int search = 0; search < SEARCHES; search++) {
        Node *found = find(list, (i16)(next_random() & 0x3ff));
        crc = crc_word(crc, found ? found->place : 0xffff);
        list = reverse(list);
    }
    crc = crc_list(crc, list = sorted(list, by_key));
    return crc_list(crc, sorted(list, by_place));
}

// ---- the matrices

enum { SIZE = 24 };

static i16 left[SIZE][SIZE], right[SIZE][SIZE];
static i32 product[SIZE][SIZE], image[SIZE];

static u16 matrix_work(u16 crc) {
    i16 offset = (i16)(next_random() & 15);
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++) {
            left[i][j] = (i16)((next_random() & 255) + offset);
            right[i][j] = (i16)(next_random() & 255);
        }
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++) {
            i32 sum = 0;
            for (int k = 0; k < SIZE; k++) sum += left[i][k] * right[k][j];
            product[i][j] = sum;
        }
    for (int i = 0; i < SIZE; i++) {
        image[i] = 0;
        for (int j = 0; j < SIZE; j++) image[i] += product[i][j] * right[j][0];
    }
    i32 folded = 0;
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++) folded += (product[i][j] >> 2 & 15) * (product[i][j] >> 5 & 127);
    for (int i = 0; i < SIZE; i++) crc = crc_word(crc, image[i]);
    return crc_word(crc, folded);
}

// ---- the state machine

typedef enum { START, SIGN, WHOLE, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, POWER, INVALID, STATES } State;

static const char TEXT[] = "512,-7.25,+98e4,3.,0x1f,1e-12,-,77.5e+3,1234567,e5,+.5,8.8.8,19,-0.001,6e,42";

enum { LENGTH = sizeof TEXT - 1 };

static char text[LENGTH];
static u32 entered[STATES], ended[STATES];

static State after(State state, char c) {
    int is_digit = c >= '0' && c <= '9', is_sign = c == '+' || c == '-';
    switch (state) {
    case START:
        return is_digit ? WHOLE : is_sign ? SIGN : c == '.' ? POINT : INVALID;
    case SIGN:
        return is_digit ? WHOLE : c == '.' ? POINT : INVALID;
    case WHOLE:
        return is_digit ? WHOLE : c == '.' ? FRACTION : c == 'e' ? EXPONENT : INVALID;
    case POINT:
        return is_digit ? FRACTION : INVALID;
    case FRACTION:
        return is_digit ? FRACTION : c == 'e' ? EXPONENT : INVALID;
    case EXPONENT:
        return is_digit ? POWER : is_sign ? EXPONENT_SIGN : INVALID;
    case EXPONENT_SIGN:
    case POWER:
        return is_digit ? POWER : INVALID;
    default:
        return INVALID;
    }
}

static void read_numbers(void) {
    State state = START;
    for (int i = 0; i < LENGTH; i++) {
        if (text[i] == ',') {
            ended[state]++;
            state = START;
            continue;
        }
        State next = after(state, text[i]);
        if (next != state) entered[next]++;
        state = next;
    }
    ended[state]++;
}

static u16 text_work(u16 crc) {
    for (int i = 0; i < LENGTH; i++) text[i] = TEXT[i];
    for (int state = 0; state < STATES; state++) entered[state] = ended[state] = 0;
    read_numbers();
    for (int change = 0; change < 8; change++) {
        text[next_random() % LENGTH] = "0123456789+-.e,x"[next_random() & 15];
        read_numbers();
    }
    for (int state = 0; state < STATES; state++) crc = crc_word(crc_word(crc, entered[state]), ended[state]);
    return crc;
}

KERNEL u32 run(i32 rounds) {
    random_state = 15;
    u16 crc = 0;
    u32 checksum = 0;
    for (int round = 0; round < rounds; round++) {
        crc = text_work(matrix_work(list_work(crc)));
        checksum = checksum * 31 + crc;
    }
    return checksum;
}
