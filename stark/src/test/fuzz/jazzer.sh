#!/usr/bin/env bash
# Fuzzes org.ambientvcp.stark.attacks.ProofFuzzer with Jazzer, guided by coverage of codec and verifier. Ends at the
# first finding, or after so many seconds (default 600). A finding is a file crash-… in target/jazzer; give it as second
# argument to repeat it.
#
#   stark/src/test/fuzz/jazzer.sh [SECONDS] [FILE]
set -euo pipefail
module=$(cd "$(dirname "$0")/../../.." && pwd)
work=$module/target/jazzer
java=$("$module/../vcp" --print-java-home)/bin/java
seconds=${1:-600}
cd "$module/.."
mvn -q -B -pl stark test-compile
mkdir -p "$work/corpus"
mvn -q -B -pl stark dependency:build-classpath -Dmdep.outputFile="$work/classpath" -DincludeScope=test
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer:0.30.0 -DoutputDirectory="$work"
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer-api:0.30.0 -DoutputDirectory="$work"
classes=$module/target/test-classes:$module/target/classes:$(cat "$work/classpath")
cd "$work"
"$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx1g \
  -cp "$work/jazzer-0.30.0.jar:$work/jazzer-api-0.30.0.jar:$classes" com.code_intelligence.jazzer.Jazzer \
  --target_class=org.ambientvcp.stark.attacks.ProofFuzzer \
  --instrumentation_includes=org.ambientvcp.stark.proof.**:org.ambientvcp.stark.verifier.**:org.ambientvcp.stark.merkle.**:org.ambientvcp.stark.fri.** \
  "${2:-$work/corpus}" -max_total_time="$seconds" -max_len=65536 -timeout=60 -rss_limit_mb=4096
