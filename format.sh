#!/usr/bin/env bash
# Formats the Java sources below the given folders (default: all) with the formatter the build checks against.
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
jdk=$("$root/vcp" --print-java-home)
classpath_file=$root/target/formatter.classpath
if [ ! -s "$classpath_file" ]; then
  mkdir -p "$root/target"
  (cd "$root" && mvn -q -B -pl conventions -Dformatter.only dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$classpath_file")
fi
exports=(api code file parser tree util)
args=()
for package in "${exports[@]}"; do args+=("--add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"); done
[ $# -gt 0 ] || set -- "$root"
find "$@" -name '*.java' -path '*/src/*' -not -path '*/target/*' -print0 |
  xargs -0 -r "$jdk/bin/java" -XX:+UseSerialGC "${args[@]}" -cp "$(cat "$classpath_file")" com.palantir.javaformat.java.Main --palantir --replace
