// An ordinary C program: arguments, standard input, standard output and error, heap, clock, randomness, exit code.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **arguments) {
  for (int i = 0; i < count; i++) printf("argument %d: %s\n", i, arguments[i]);
  size_t size = 0, capacity = 16;
  char *text = malloc(capacity);
  int c;
  while ((c = getchar()) != EOF) {
    if (size + 1 == capacity) text = realloc(text, capacity *= 2);
    text[size++] = (char)c;
  }
  text[size] = 0;
  int words = 0;
  for (char *word = strtok(text, " \n"); word; word = strtok(NULL, " \n")) words++;
  printf("%d words, %zu bytes, pi is %.6f\n", words, size, 355.0 / 113.0);
  printf("time %lld\n", (long long)time(NULL));
  unsigned char random[8];
  if (getentropy(random, sizeof random)) return 9;
  for (size_t i = 0; i < sizeof random; i++) printf("%02x", random[i]);
  printf("\n");
  printf("home is %s, a file is %s\n", getenv("HOME") ? "set" : "not set", fopen("file", "r") ? "there" : "not there");
  fprintf(stderr, "done\n");
  return count - 1;
}
