#!/usr/bin/env bash
# Rebuilds every .wasm of the examples beside its source, and prints the sizes in bytes.
# The same tool versions give the same bytes: `./build.sh && git diff --stat` shows what changed.
# CLANG, WASM_LD and WASI_ROOT choose other tools; the committed files come from LLVM 14 of Debian 12.
set -euo pipefail
cd "$(dirname "$0")"
clang=${CLANG:-clang-14}
wasm_ld=${WASM_LD:-wasm-ld-14}
wasi_root=${WASI_ROOT:-/usr}
wasi_lib=$wasi_root/lib/wasm32-wasi

missing() {
  echo "build.sh: $1 is missing. On Debian 12 or Ubuntu 22.04:" >&2
  echo "  apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 wabt" >&2
  exit 1
}
for tool in "$clang" "$wasm_ld" wat2wasm wasm-strip; do
  command -v "$tool" >/dev/null || missing "$tool"
done
[ -f "$wasi_lib/crt1-command.o" ] || missing "wasi-libc ($wasi_lib/crt1-command.o)"
builtins=$("$clang" --print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a
[ -f "$builtins" ] || missing "the compiler runtime ($builtins)"

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

# Compiling and linking are two steps on purpose: as one, clang runs wasm-opt if it finds one, and the
# bytes would depend on whether binaryen is installed.
# The stack lies below the data, so that an overflow traps instead of overwriting the data.
compile() { "$clang" -std=c11 -Wall -Wextra -Werror "$@"; }
link() { "$wasm_ld" --stack-first -z stack-size=32768 --gc-sections --strip-all "$@"; }

# freestanding OUTPUT SOURCE...: without a C library; exports what the source exports.
freestanding() {
  local output=$1 source linked=()
  shift
  for source in "$@"; do
    linked+=("$objects/${source//\//-}.o")
    compile --target=wasm32-unknown-unknown -O2 -ffreestanding -fno-builtin -Iinclude -c "$source" -o "${linked[-1]}"
  done
  link --no-entry "${linked[@]}" -o "$output"
  finish "$output"
}

# ordinary OUTPUT SOURCE: a WASI command with main, against wasi-libc.
ordinary() {
  compile --target=wasm32-wasi --sysroot="$wasi_root" -Os -c "$2" -o "$objects/main.o"
  link -L"$wasi_lib" "$wasi_lib/crt1-command.o" "$objects/main.o" -lc "$builtins" -o "$1"
  finish "$1"
}

text() {
  wat2wasm "${1%.wasm}.wat" -o "$1"
  finish "$1"
}

finish() {
  wasm-strip "$1"
  printf '%8d  %s\n' "$(wc -c <"$1")" "$1"
}

freestanding sha256/sha256.wasm sha256/sha256.c
freestanding primes/primes.wasm primes/primes.c
freestanding digits/digits.wasm digits/classify.c digits/network.c digits/pgm.c
ordinary sort/sort.wasm sort/sort.c
for program in infinite-loop memory-hog stack-bomb trap; do text "hostile/$program.wasm"; done
