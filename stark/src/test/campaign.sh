#!/usr/bin/env bash
# Runs all attacks with whole proofs on the demonstration machines (org.ambientvcp.stark.attacks.Campaign): every
# constraint, range check, bus and message entry left out, a cell of every column changed on rows of every kind. Works on
# one core, for about nine minutes if it has it for itself. Ends at the first one that does not end as it must, with
# status 1 and the command that repeats it.
#
#   stark/src/test/campaign.sh [--from NUMBER] [--to NUMBER] [--shard K/N] [--seed SEED]
#
# --from and --to (not included) go on where another run ended; shards 1/N to N/N are every N-th trial each.
set -euo pipefail
module=$(cd "$(dirname "$0")/../.." && pwd)
java=$("$module/../vcp" --print-java-home)/bin/java
cd "$module/.."
mvn -q -B -pl stark test-compile
mvn -q -B -pl stark dependency:build-classpath -Dmdep.outputFile="$module/target/campaign.classpath" -DincludeScope=test
exec "$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx1g \
  -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/campaign.classpath")" \
  org.ambientvcp.stark.attacks.CampaignRun "$@"
