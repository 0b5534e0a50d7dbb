# One image for every role: `vcp start SERVICE`, or any other vcp command. The jars are made outside:
#
#   mvn -pl cli -am -DskipTests package && docker build -t ambient-vcp .
#
# Layers in order of change: operating system and JRE, other people's jars, ours, the cache that comes of both.

FROM eclipse-temurin:25-jre AS jars
COPY cli/target/lib/ /jars/
# Ours are those of this version; the version is in the name of the command's own jar.
COPY cli/target/cli-*.jar /ours/
RUN version=$(basename /ours/cli-*.jar .jar) && mv /jars/*-"${version#cli-}".jar /ours/

FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 vcp \
 && useradd --uid 10001 --gid vcp --no-create-home --home-dir /data --shell /usr/sbin/nologin vcp \
 && install -d -o vcp -g vcp -m 700 /data /state /keys /keys/gateway /keys/clients /keys/nodes /keys/verifier /keys/trust
COPY --from=jars /jars/ /opt/vcp/lib/others/
COPY --from=jars /ours/ /opt/vcp/lib/ours/
COPY docker/bin/ /opt/vcp/bin/
# Every class that the demo needs, which runs every service, parsed and linked ahead of time. The demo checks its answers,
# so an image that is built is also one that works.
COPY examples/ /opt/vcp/examples/
RUN VCP_AOT=train /opt/vcp/bin/vcp demo --examples /opt/vcp/examples \
 && test -s /opt/vcp/vcp.aot && chmod 644 /opt/vcp/vcp.aot

USER 10001:10001
WORKDIR /data
ENV PATH=/opt/vcp/bin:$PATH
EXPOSE 8080 9090
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 CMD ["/opt/vcp/bin/health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/vcp/bin/vcp"]
CMD ["--help"]
