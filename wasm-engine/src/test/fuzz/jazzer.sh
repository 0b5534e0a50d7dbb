#!/usr/bin/env bash
# Fuzzes org.ambientvcp.wasm.fuzz.ModuleFuzzer with Jazzer, guided by coverage of the parser and the engine, from the
# modules that are checked in and from random ones. Ends at the first finding, or after so many seconds (default 600).
# A finding is a file crash-… in target/jazzer; give it as second argument to repeat it.
#
#   wasm-engine/src/test/fuzz/jazzer.sh [SECONDS] [FILE]
set -euo pipefail
module=$(cd "$(dirname "$0")/../../.." && pwd)
work=$module/target/jazzer
java=$("$module/../vcp" --print-java-home)/bin/java
seconds=${1:-600}
finding=${2:+$(realpath "$2")}
cd "$module/.."
mvn -q -B -pl wasm-engine test-compile
mkdir -p "$work/corpus"
mvn -q -B -pl wasm-engine dependency:build-classpath -Dmdep.outputFile="$work/classpath" -DincludeScope=test
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer:0.30.0 -DoutputDirectory="$work"
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer-api:0.30.0 -DoutputDirectory="$work"
classes=$module/target/test-classes:$module/target/classes:$(cat "$work/classpath")
find "$module/target/test-classes" -name '*.wasm' -exec cp {} "$work/corpus" \;
"$java" -cp "$classes" --add-modules jdk.incubator.vector org.ambientvcp.wasm.fuzz.SeedCorpus "$work/corpus" 200
cd "$work"
"$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx1g \
  -cp "$work/jazzer-0.30.0.jar:$work/jazzer-api-0.30.0.jar:$classes" com.code_intelligence.jazzer.Jazzer \
  --target_class=org.ambientvcp.wasm.fuzz.ModuleFuzzer \
  --instrumentation_includes=org.ambientvcp.wasm.**:run.endive.wasm.** \
  "${finding:-$work/corpus}" -max_total_time="$seconds" -max_len=65536 -timeout=60 -rss_limit_mb=4096
