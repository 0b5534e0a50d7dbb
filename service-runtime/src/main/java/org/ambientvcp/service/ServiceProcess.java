package org.ambientvcp.service;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one service as a process of its own: settings from the environment, topics awaited, health and
/// metrics over HTTP (VCP_HTTP_PORT, default 9090), an orderly end on SIGTERM. Exit codes: 0 after a
/// signal, 1 if the service failed or could not start, 2 if a setting is wrong.
///
/// The thread that calls `run` starts and ends everything; a signal only tells it to. Log4j must not end with the
/// JVM's shutdown hooks, which run beside that: `log4j2.xml` of this module says so.
public final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
    private static final Duration WATCH = Duration.ofMillis(500);
    /// Longer than any service takes to close.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Starts a service.
    public interface Starter {
        /// @throws InvalidSettingException or another IllegalArgumentException that begins with a variable's name, if
        ///     a setting is wrong
        Service start(Settings settings, KafkaConnection connection) throws Exception;
    }

    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread main = Thread.currentThread();
    private boolean running;
    private volatile int code;

    private ServiceProcess() {}

    /// Runs until a signal comes or the service fails; then ends the JVM.
    ///
    /// @param topics what the service reads and writes; it waits for them
    public static void run(Map<String, String> environment, List<Topic<?>> topics, Starter starter) {
        var process = new ServiceProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(process::onSignal, "shutdown"));
        process.code = process.runUntilEnd(new Settings(environment), topics, starter);
        process.ended.countDown();
        if (process.signalled.getCount() > 0) System.exit(process.code);
        // Else the JVM is ending already, and the hook ends it with this code.
    }

    /// The JVM runs this when a signal comes, and also when `run` itself ends it.
    private void onSignal() {
        if (ended.getCount() == 0) return;
        signalled.countDown();
        synchronized (this) {
            if (!running) main.interrupt(); // it waits for topics or for a broker
        }
        try {
            if (ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                Runtime.getRuntime().halt(code); // without this the code would be 143
            LOG.atError().addKeyValue("seconds", PATIENCE.toSeconds()).log("not ended in time");
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private int runUntilEnd(Settings settings, List<Topic<?>> topics, Starter starter) {
        try {
            settings.find("VCP_LOG_LEVEL"); // log4j2.xml reads it
            var connection = KafkaConnection.from(settings);
            var port = settings.integer("VCP_HTTP_PORT", 9090, 0, 65_535);
            awaitTopics(connection, topics, settings.millis("VCP_TOPICS_WAIT_MILLIS", 60_000, 0, 3_600_000));
            try (var service = starter.start(settings, connection);
                    var monitoring = MonitoringServer.start(port, List.of(service))) {
                warnOfUnreadSettings(settings);
                LOG.atInfo()
                        .addKeyValue("service", service.name())
                        .addKeyValue("monitoring", monitoring.url())
                        .log("started");
                return awaitEnd(service);
            }
        } catch (Exception failure) {
            return codeOf(failure);
        }
    }

    private int codeOf(Exception failure) {
        if (signalled.getCount() == 0) {
            LOG.atInfo().log("ended before it was started");
            return 0;
        }
        if (isSetting(failure)) {
            LOG.atError().log(failure.getMessage());
            return 2;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ConfigException wrong) {
                LOG.atError().log("VCP_KAFKA_… or VCP_BOOTSTRAP_SERVERS: " + wrong.getMessage());
                return 2;
            }
        if (failure instanceof IOException) LOG.atError().log(failure.getMessage());
        else LOG.atError().setCause(failure).log("the service could not be started");
        return 1;
    }

    private static boolean isSetting(Exception failure) {
        return failure instanceof InvalidSettingException
                || (failure instanceof IllegalArgumentException
                        && String.valueOf(failure.getMessage()).startsWith("VCP_"));
    }

    private static void awaitTopics(KafkaConnection connection, List<Topic<?>> topics, Duration wait)
            throws IOException, ExecutionException, InterruptedException {
        LOG.atInfo()
                .addKeyValue("bootstrapServers", connection.bootstrapServers())
                .log("waiting for topics");
        var admin = connection.admin();
        try {
            TopicAdmin.awaitUsable(admin, topics, wait);
        } catch (IllegalStateException missing) {
            throw new IOException(missing.getMessage(), missing);
        } finally {
            admin.close(Duration.ZERO); // else it waits for calls that a signal has interrupted
        }
    }

    private int awaitEnd(Service service) throws InterruptedException {
        synchronized (this) {
            running = true;
        }
        while (!signalled.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
            if (service.hasFailed()) {
                LOG.atError().addKeyValue("service", service.name()).log("the service has failed and ends");
                return 1;
            }
        }
        LOG.atInfo().addKeyValue("service", service.name()).log("ending");
        return 0;
    }

    private static void warnOfUnreadSettings(Settings settings) {
        for (var name : settings.unread())
            LOG.atWarn().addKeyValue("name", name).log("unknown setting, ignored");
    }
}
