#!/usr/bin/env bash
# Rebuilds every .wasm of the benchmarks into their resources, and prints the sizes in bytes.
# The same tool versions give the same bytes: `./build.sh && git diff --stat` shows what changed.
# CLANG, WASM_LD and WASI_ROOT choose other tools; the committed files come from LLVM 14 of Debian 12.
set -euo pipefail
cd "$(dirname "$0")"
clang=${CLANG:-clang-14}
wasm_ld=${WASM_LD:-wasm-ld-14}
wasi_root=${WASI_ROOT:-/usr}
wasi_lib=$wasi_root/lib/wasm32-wasi
target=../resources/org/ambientvcp/benchmarks/wasm

missing() {
  echo "build.sh: $1 is missing. On Debian 12 or Ubuntu 22.04:" >&2
  echo "  apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 wabt" >&2
  exit 1
}
for tool in "$clang" "$wasm_ld" wat2wasm; do
  command -v "$tool" >/dev/null || missing "$tool"
done
[ -f "$wasi_lib/crt1-command.o" ] || missing "wasi-libc ($wasi_lib/crt1-command.o)"
builtins=$("$clang" --print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a
[ -f "$builtins" ] || missing "the compiler runtime ($builtins)"

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
mkdir -p "$target"

# Compiling and linking are two steps on purpose: as one, clang runs wasm-opt if it finds one, and the
# bytes would depend on whether binaryen is installed.
compile() { "$clang" -std=c11 -Wall -Wextra -Wno-sign-compare -Werror "$@"; }

finish() {
  chmod 644 "$1"
  printf '%8d  %s\n' "$(wc -c <"$1")" "$(basename "$1")"
}

# kernel NAME SOURCE FLAG...: without a C library, with what WASM 2.0 has but SIMD, as compilers' defaults are today.
kernel() {
  local name=$1 source=$2
  shift 2
  compile --target=wasm32-unknown-unknown -O3 -fno-math-errno \
    -mbulk-memory -msign-ext -mnontrapping-fptoint -mmutable-globals "$@" -c "$source" -o "$objects/$name.o"
  "$wasm_ld" --no-entry --stack-first -z stack-size=65536 --gc-sections --strip-all "$objects/$name.o" -o "$target/$name.wasm"
  finish "$target/$name.wasm"
}

for source in kernels/*.c; do kernel "$(basename "$source" .c)" "$source"; done
kernel gemm-host kernels/gemm.c -DGEMM_BY_HOST

# An ordinary program with much of a C library in it.
compile --target=wasm32-wasi --sysroot="$wasi_root" -O2 -c report.c -o "$objects/report.o"
"$wasm_ld" --stack-first -z stack-size=65536 --gc-sections --strip-all -L"$wasi_lib" "$wasi_lib/crt1-command.o" \
  "$objects/report.o" -lc "$builtins" -o "$target/report.wasm"
finish "$target/report.wasm"

for source in probes/*.wat; do
  name=$(basename "$source" .wat)
  wat2wasm "$source" -o "$target/$name.wasm"
  finish "$target/$name.wasm"
done
