#!/usr/bin/env bash
# Assembles the hostile programs; the results are checked in, so that the build needs none of this. Needs wabt.
set -euo pipefail
cd "$(dirname "$0")"
resources=../resources/org/ambientvcp/wasm/hostile
mkdir -p "$resources"
for source in *.wat; do wat2wasm "$source" -o "$resources/${source%.wat}.wasm"; done
chmod 644 "$resources"/*.wasm
