#!/usr/bin/env bash
# Tests docker-compose.yml for real: builds the image, starts the cluster, runs ComposeIT, takes everything down again.
#
# Needs a Docker engine, Compose and the images that Dockerfile and docker-compose.yml name. What is missing is pulled; where
# no registry can be reached, the tool that VCP_IMAGES_SCRIPT names makes it (TOOL engine, compose, jre, kafka, registry, env), if
# it is there and this is root.
#
#   compose-test.sh [TEST]   TEST: which, as Failsafe's -Dit.test; default: all
#
# Exit code 0: tested and right. 1: tested and wrong, or broken. 3: not tested; the last line says what was missing.
set -euo pipefail
cd "$(dirname "$0")"
tool=${VCP_IMAGES_SCRIPT:-../shared/tools/local-images.sh}
[ -x "$tool" ] && [ "$(id -u)" = 0 ] || tool=
compose=${VCP_COMPOSE:-docker compose}
base=eclipse-temurin:25-jre
images=(apache/kafka:4.3.1 apicurio/apicurio-registry:3.3.3)

not_tested() {
  echo "NOT TESTED: docker-compose.yml: $*"
  exit 3
}
answers() { command -v docker >/dev/null && timeout 20 docker version >/dev/null 2>&1; }
# Output of the tool is about its own work.
make_with_tool() { [ -n "$tool" ] && "$tool" "$1" >&2; }

answers || make_with_tool engine || not_tested "no Docker engine answers, and this is not root with a VCP_IMAGES_SCRIPT that could start one"
answers || not_tested "no Docker engine answers"
$compose version >/dev/null 2>&1 || make_with_tool compose || not_tested "there is no Compose ($compose)"
for image in "$base" "${images[@]}"; do
  docker image inspect "$image" >/dev/null 2>&1 && continue
  # The tool's words for the images.
  case $image in
    *temurin*) what=jre ;;
    *kafka*) what=kafka ;;
    *) what=registry ;;
  esac
  make_with_tool "$what" || timeout 600 docker pull -q "$image" || not_tested "there is no image $image, and it cannot be pulled"
done

# Testcontainers would start a helper from an image of its own.
if [ -n "$tool" ] && ! docker image inspect testcontainers/ryuk >/dev/null 2>&1; then eval "$("$tool" env)"; fi

# Maven's tests of other modules ran before, or are not asked for. VCP_BUILT=1: so are the jars.
mvn=(mvn -B -T1 -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false)
[ -n "${VCP_BUILT:-}" ] || "${mvn[@]}" -q -pl cli -am -DskipITs package
docker build -q -t "${VCP_IMAGE:-ambient-vcp:latest}" .
trap 'COMPOSE_PROJECT_NAME=vcp-compose-test $compose down -v --remove-orphans -t 5 >/dev/null 2>&1 || true' EXIT
"${mvn[@]}" -pl integration-tests -am -Pcompose -Dit.test="${1:-Compose*IT,Apicurio*IT}" -Dfailsafe.failIfNoSpecifiedTests=false verify
echo "tested: docker-compose.yml"
