package org.ambientvcp.it;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// The registry of `docker-compose.yml`, through its Confluent-compatible interface.
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApicurioRegistryContractIT extends RegistryContract {
    private static final int PORT = 8080;
    private static final String PATH = "/apis/ccompat/v7";

    private final GenericContainer<?> registry = new GenericContainer<>(
                    DockerImageName.parse("apicurio/apicurio-registry:3.3.3"))
            .withEnv("JAVA_OPTS_APPEND", "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp(PATH + "/subjects").forPort(PORT).withStartupTimeout(Duration.ofMinutes(5)));

    @BeforeAll
    void start() {
        registry.start();
    }

    @AfterAll
    void stop() {
        registry.stop();
    }

    @Override
    String url() {
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(PORT) + PATH;
    }
}
