package org.ambientvcp.service;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one service as a process of its own: settings from the environment, topics awaited, health and
/// metrics over HTTP (VCP_HTTP_PORT, default 9090), an orderly end on SIGTERM. Exit codes: 0 after a
/// signal, 1 if the service failed, 2 if a setting is wrong.
public final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final Duration WATCH = Duration.ofMillis(500);

    /// Starts a service.
    public interface Starter {
        Service start(Settings settings, KafkaConnection connection) throws Exception;
    }

    private ServiceProcess() {}

    /// Runs until a signal comes or the service fails; then ends the JVM.
    ///
    /// @param topics what the service reads and writes; it waits for them
    public static void run(Map<String, String> environment, List<Topic<?>> topics, Starter starter) {
        System.exit(runUntilEnd(new Settings(environment), topics, starter));
    }

    private static int runUntilEnd(Settings settings, List<Topic<?>> topics, Starter starter) {
        try {
            var connection = KafkaConnection.from(settings);
            var port = settings.integer("VCP_HTTP_PORT", 9090, 0, 65_535);
            var wait = settings.millis("VCP_TOPICS_WAIT_MILLIS", 60_000, 0, 3_600_000);
            try (var admin = connection.admin()) {
                LOG.atInfo()
                        .addKeyValue("bootstrapServers", connection.bootstrapServers())
                        .log("waiting for topics");
                TopicAdmin.awaitUsable(admin, topics, wait);
            }
            try (var service = starter.start(settings, connection);
                    var monitoring = MonitoringServer.start(port, List.of(service))) {
                warnOfUnreadSettings(settings);
                LOG.atInfo()
                        .addKeyValue("service", service.name())
                        .addKeyValue("monitoring", monitoring.url())
                        .log("started");
                return awaitEnd(service);
            }
        } catch (InvalidSettingException wrong) {
            LOG.atError().log(wrong.getMessage());
            return 2;
        } catch (IllegalStateException | IOException expected) {
            LOG.atError().log(expected.getMessage());
            return 1;
        } catch (Exception unexpected) {
            LOG.atError().setCause(unexpected).log("the service could not be started");
            return 1;
        }
    }

    private static int awaitEnd(Service service) throws InterruptedException {
        var signal = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            signal.countDown();
            service.close();
            closed.countDown();
        }));
        while (!signal.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            if (service.hasFailed()) {
                LOG.atError().addKeyValue("service", service.name()).log("the service has failed and ends");
                return 1;
            }
        }
        closed.await();
        return 0;
    }

    private static void warnOfUnreadSettings(Settings settings) {
        for (var name : settings.unread())
            LOG.atWarn().addKeyValue("name", name).log("unknown setting, ignored");
    }
}
