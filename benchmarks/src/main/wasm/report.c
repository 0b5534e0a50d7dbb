// An ordinary program of about 100 kB, most of it C library: reads readings, one "device,time,value" a line, from
// standard input, and reports each device's statistics. What starting a module of that size takes is measured with it.
#define _GNU_SOURCE // timegm
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <regex.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_LINE = 256, LONGEST_NAME = 32, FIRST_CAPACITY = 16 };

typedef struct {
    char name[LONGEST_NAME];
    double *values;
    size_t count, capacity;
    time_t first, last;
} Device;

static void *devices;
static unsigned long accepted, refused;

static int by_name(const void *a, const void *b) {
    return strcmp(((const Device *)a)->name, ((const Device *)b)->name);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static _Noreturn void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, ": %s\n", strerror(errno));
    exit(1);
}

static Device *device_of(const char *name) {
    Device wanted;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    Device **found = tfind(&wanted, &devices, by_name);
    if (found) return *found;
    Device *added = calloc(1, sizeof *added);
    if (!added) fail("no memory for %s", name);
    memcpy(added->name, wanted.name, sizeof added->name);
    if (!tsearch(added, &devices, by_name)) fail("no memory for %s", name);
    return added;
}

static void add(Device *device, time_t time, double value) {
    if (device->count == device->capacity) {
        device->capacity = device->capacity ? device->capacity * 2 : FIRST_CAPACITY;
        device->values = realloc(device->values, device->capacity * sizeof *device->values);
        if (!device->values) fail("no memory for %zu values of %s", device->capacity, device->name);
    }
    if (device->count == 0 || time < device->first) device->first = time;
    if (device->count == 0 || time > device->last) device->last = time;
    device->values[device->count++] = value;
}

static int read_line(const regex_t *pattern, char *line) {
    regmatch_t match[7];
    if (regexec(pattern, line, 7, match, 0) != 0) return 0;
    struct tm when = {0};
    if (sscanf(line + match[2].rm_so, "%d-%d-%dT%d:%d", &when.tm_year, &when.tm_mon, &when.tm_mday, &when.tm_hour,
               &when.tm_min) != 5)
        return 0;
    when.tm_year -= 1900;
    when.tm_mon -= 1;
    char *end;
    double value = strtod(line + match[3].rm_so, &end);
    if (end == line + match[3].rm_so || !isfinite(value)) return 0;
    line[match[1].rm_eo] = 0;
    for (char *c = line; *c; c++) *c = (char)toupper((unsigned char)*c);
    add(device_of(line), timegm(&when), value);
    return 1;
}

static double quantile(const Device *device, double share) {
    double place = share * (double)(device->count - 1);
    size_t below = (size_t)floor(place);
    size_t above = below + 1 < device->count ? below + 1 : below;
    return device->values[below] + (place - floor(place)) * (device->values[above] - device->values[below]);
}

// Chance that a normal variable is further from the mean than this.
static double tail(double deviations) {
    return erfc(fabs(deviations) / sqrt(2));
}

static void report(const void *node, VISIT visit, int depth) {
    (void)depth;
    if (visit != postorder && visit != leaf) return;
    Device *device = *(Device *const *)node;
    qsort(device->values, device->count, sizeof *device->values, by_value);
    double sum = 0, squares = 0, logarithms = 0;
    for (size_t i = 0; i < device->count; i++) sum += device->values[i];
    double mean = sum / (double)device->count;
    for (size_t i = 0; i < device->count; i++) {
        squares += pow(device->values[i] - mean, 2);
        logarithms += log1p(fabs(device->values[i]));
    }
    double deviation = sqrt(squares / (double)device->count);
    char from[32], to[32];
    struct tm when;
    strftime(from, sizeof from, "%a %d %b %Y %H:%M", gmtime_r(&device->first, &when));
    strftime(to, sizeof to, "%a %d %b %Y %H:%M", gmtime_r(&device->last, &when));
    double most = device->values[device->count - 1];
    printf("%-12s %6zu  mean %10.4f  deviation %9.4f  median %9.3g  p99 %12.5e  magnitude %7.4f  surprise %.2e  %s to %s\n",
           device->name, device->count, mean, deviation, quantile(device, 0.5), quantile(device, 0.99),
           expm1(logarithms / (double)device->count), deviation > 0 ? tail((most - mean) / deviation) : 1.0,
           from, to);
}

int main(void) {
    regex_t pattern;
    int wrong = regcomp(&pattern, "^([[:alpha:]][[:alnum:]_-]{0,30}),([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5}),(.+)$", REG_EXTENDED);
    if (wrong) {
        char message[64];
        regerror(wrong, &pattern, message, sizeof message);
        fail("%s", message);
    }
    char line[LONGEST_LINE];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        if (read_line(&pattern, line)) accepted++;
        else refused++;
    }
    if (ferror(stdin)) fail("standard input");
    twalk(devices, report);
    printf("%lu readings, %lu refused\n", accepted, refused);
    regfree(&pattern);
    return 0;
}
