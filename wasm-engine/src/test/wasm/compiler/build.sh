#!/usr/bin/env bash
# Assembles the test modules; the results are checked in, so that the build needs none of this. Needs wabt.
set -euo pipefail
cd "$(dirname "$0")"
for source in *.wat; do wat2wasm "$source" -o "../../resources/org/ambientvcp/wasm/compiler/${source%.wat}.wasm"; done
