#!/usr/bin/env bash
# Assembles the modules of the interpreter's tests, as ../build.sh does the others. Needs wabt.
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm --debug-names "$source" -o "../../resources/org/ambientvcp/wasm/interpreter/${source%.wat}.wasm"
done
chmod 644 ../../resources/org/ambientvcp/wasm/interpreter/*.wasm
