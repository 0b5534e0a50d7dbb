#!/usr/bin/env bash
# Collects WebAssembly's official tests and writes them into one archive, which is checked in, so that the build needs
# none of this. The same sources give the same archive, byte for byte.
# Needs node, wabt, zip, 4 GB of disk and apt's source packages ("Types: deb-src") of Debian 12: binaryen 108-1,
# mozjs78 78.15.0-7, and for SIMD, which both lack in its final form, firefox-esr 115.15.0esr-1~deb12u1.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
archive=$here/../resources/org/ambientvcp/wasm/spec/suite.zip
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get source -qq --download-only binaryen=108-1 mozjs78=78.15.0-7
tar xf binaryen_108.orig.tar.gz --wildcards --strip-components=2 '*/test/spec/*.wast'
tar xf mozjs78_78.15.0.orig.tar.xz --wildcards --strip-components=5 '*/js/src/jit-test/tests/wasm/spec/*/*.wast.js'
apt-get source -qq --download-only firefox-esr=115.15.0esr-1~deb12u1
mkdir -p simd suite/binaryen suite/mozilla suite/mozilla-simd json
tar xf firefox-esr_115.15.0esr.orig.tar.xz -C simd --wildcards --strip-components=8 \
  '*/js/src/jit-test/tests/wasm/spec/spec/simd_*.wast.js'

# wabt reads the present text format only: what it refuses uses an older one, or proposals that came later.
for wast in spec/*.wast; do
  name=$(basename "$wast" .wast)
  if wast2json "$wast" -o "json/$name.json" >/dev/null 2>&1; then
    node "$here/convert.mjs" wast2json "json/$name.json" "suite/binaryen/$name.txt"
  else
    echo "not converted: $wast"
  fi
done

# Where the proposal of reference types, long since part of WebAssembly, changed a file, its version counts.
for folder in wasm/spec/spec wasm/spec/reference-types; do
  for js in "$folder"/*.wast.js; do
    node "$here/convert.mjs" mozilla "$js" "suite/mozilla/$(basename "$js" .wast.js).txt"
  done
done

for js in simd/*.wast.js; do
  node "$here/convert.mjs" mozilla-text "$js" "suite/mozilla-simd/$(basename "$js" .wast.js).txt"
done

find suite -exec touch -d '1980-01-01T00:00:00Z' {} +
mkdir -p "$(dirname "$archive")"
rm -f "$archive"
cd suite
find . -type f | sed 's/^..//' | LC_ALL=C sort | TZ=UTC zip -q -X -9 "$archive" -@
