package org.ambientvcp.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects what a broker cannot recover from, in place of Kafka's own answer, which is to halt the JVM.
///
/// Two ways lead there: fault handlers, and `Exit` (all log directories failed, a fatal error in a broker thread).
/// `Exit` is one per JVM, so while embedded brokers run, every one of them is told.
final class BrokerFaults implements FaultHandlerFactory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);
    private static final Set<BrokerFaults> RUNNING = ConcurrentHashMap.newKeySet();

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final Consumer<Throwable> onFault;

    private BrokerFaults(Consumer<Throwable> onFault) {
        this.onFault = onFault;
    }

    static BrokerFaults watch(Consumer<Throwable> onFault) {
        synchronized (RUNNING) {
            var faults = new BrokerFaults(onFault);
            RUNNING.add(faults);
            Exit.setExitProcedure(BrokerFaults::refuseExit);
            Exit.setHaltProcedure(BrokerFaults::refuseExit);
            return faults;
        }
    }

    /// The first fatal fault, or null.
    @Nullable
    Throwable first() {
        return first.get();
    }

    @Override
    public FaultHandler build(String name, boolean fatal, @Nullable Runnable action) {
        return (message, cause) -> {
            var fault = new IllegalStateException("Kafka " + name + ": " + message, cause);
            if (fatal) report(fault);
            else LOG.atWarn().addKeyValue("handler", name).setCause(cause).log("broker met a fault and goes on");
            if (action != null) action.run();
            return fault;
        };
    }

    private void report(Throwable fault) {
        LOG.atError().setCause(fault).log("broker met a fatal fault and has to be closed");
        if (first.compareAndSet(null, fault)) onFault.accept(fault);
    }

    private static void refuseExit(int status, @Nullable String message) {
        var fault = new IllegalStateException(
                "Kafka asked to end the JVM with status " + status + (message == null ? "" : ": " + message));
        for (var faults : RUNNING) faults.report(fault);
        throw fault; // ends the thread that asked
    }

    @Override
    public void close() {
        synchronized (RUNNING) {
            RUNNING.remove(this);
            if (!RUNNING.isEmpty()) return;
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }
}
