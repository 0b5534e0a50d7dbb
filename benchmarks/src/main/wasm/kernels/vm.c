// An interpreter of a tiny bytecode: a dispatch that a branch predictor cannot avoid. The amount is how often the
// program's loop is run.
#include "kernel.h"

enum { LOAD, STEP, MIX, ROTATE, COUNT, LOOP, END };

// Not const, or compilers read the program themselves.
static u8 program[] = {LOAD, 100, STEP, MIX, 0, ROTATE, COUNT, LOOP, 4, END};

static u32 interpret(const u8 *code, u32 limit) {
    u32 sum = limit * 2654435761u, x = limit, i = 0, at = 0;
    for (;;) {
        switch (code[at++]) {
        case LOAD:
            x = code[at++] + i;
            break;
        case STEP:
            sum = sum * 1664525u + 1013904223u;
            break;
        case MIX:
            sum ^= x >> code[at++];
            break;
        case ROTATE:
            sum = sum >> 7 | sum << 25;
            break;
        case COUNT:
            i++;
            break;
        case LOOP:
            at = i < limit ? at - code[at] - 2 : at + 1;
            break;
        case END:
            return sum + x;
        default:
            return 0;
        }
    }
}

KERNEL u32 run(i32 loops) {
    return interpret(program, loops);
}
