#!/usr/bin/env bash
# Assembles the test modules; the results are checked in beside their sources, so that the build needs none of this.
# Needs wabt, and for the C program clang-14, lld-14, wasi-libc and libclang-rt-14-dev-wasm32 (names as in Debian 12).
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do wat2wasm "$source" -o "../resources/org/ambientvcp/wasm/${source%.wat}.wasm"; done
compile() {
  local source=$1 name=$2 object
  shift 2
  object=$(mktemp --suffix=.o)
  clang-14 --target=wasm32-wasi -O2 "$@" -c "$source" -o "$object"
  wasm-ld-14 --strip-all -L/usr/lib/wasm32-wasi -L/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi \
    /usr/lib/wasm32-wasi/crt1-command.o "$object" -lc -lclang_rt.builtins-wasm32 \
    -o "../resources/org/ambientvcp/wasm/$name.wasm"
  rm "$object"
}
for source in *.c; do compile "$source" "${source%.c}"; done
compile vectors.c vectors-simd -msimd128 -O3
chmod 644 ../resources/org/ambientvcp/wasm/*.wasm
