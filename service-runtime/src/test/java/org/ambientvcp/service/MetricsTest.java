package org.ambientvcp.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String LINE = "(#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^{}]*\\})? [-+0-9.eEINaNf]+)";

    private final ObservedService intake = new ObservedService("intake");
    private final ObservedService ledger = new ObservedService("ledger");

    @Test
    void oneMetricOfTwoServicesIsOneWithALabel() {
        intake.metrics().counter("events.refused").inc(3);
        ledger.metrics().counter("events.refused").inc(4);

        assertThat(text(intake, ledger))
                .contains("events_refused_total{service=\"intake\"} 3.0")
                .contains("events_refused_total{service=\"ledger\"} 4.0")
                .containsOnlyOnce("# TYPE events_refused_total");
    }

    @Test
    void everyKindOfMetricHasItsService() {
        intake.metrics().meter("m.eter").mark(2);
        intake.metrics().timer("t.imer").update(java.time.Duration.ofMillis(5));
        intake.metrics().histogram("h.istogram").update(7);
        intake.metrics().gauge("g.auge", () -> (Gauge<Integer>) () -> 9);

        assertThat(text(intake))
                .contains("m_eter_total{service=\"intake\"} 2.0")
                .contains("t_imer_count{service=\"intake\"} 1")
                .contains("h_istogram{service=\"intake\",quantile=\"0.5\"} 7.0")
                .contains("g_auge{service=\"intake\"} 9.0");
    }

    @Test
    void twoServicesOfOneNameAreTold() {
        intake.metrics().counter("n").inc(1);
        var second = new ObservedService("intake");
        second.metrics().counter("n").inc(2);

        assertThat(text(intake, second))
                .contains("n_total{service=\"intake\"} 1.0")
                .contains("n_total{service=\"intake-2\"} 2.0");
    }

    @Test
    void oneNameForTwoKindsDoesNotBreakTheScrape() {
        intake.metrics().counter("n").inc(1);
        ledger.metrics().timer("n").update(java.time.Duration.ofMillis(5));

        assertThat(text(intake, ledger))
                .contains("n_total{service=\"intake\"} 1.0")
                .doesNotContain("service=\"ledger\"");
    }

    @Test
    void kafkasTotalsAreCountersAndTheRestGauges() {
        intake.kafkaMetric("consumer-fetch-manager-metrics", "records-consumed-total", 12.0);
        intake.kafkaMetric("consumer-fetch-manager-metrics", "records-lag-max", 3.0);

        assertThat(text(intake))
                .contains("# TYPE kafka_consumer_fetch_manager_records_consumed_total counter")
                .contains(
                        "kafka_consumer_fetch_manager_records_consumed_total{client_id=\"c1\",service=\"intake\"} 12.0")
                .contains("# TYPE kafka_consumer_fetch_manager_records_lag_max gauge");
    }

    @Test
    void whatIsNoNumberOrCannotBeReadIsLeftOut() {
        intake.kafkaMetric("producer-metrics", "text", "x");
        intake.kafkaMetric("producer-metrics", "not-yet", Double.NaN);
        intake.kafkaMetric("producer-metrics", "closed", new IllegalStateException("closed"));
        intake.kafkaMetric("noise-metrics", "noise", 1.0);
        intake.kafkaMetric("producer-metrics", "odd-total", -1.0);

        assertThat(text(intake))
                .doesNotContain("text", "not_yet", "closed", "noise")
                .contains("kafka_producer_odd");
    }

    @Test
    void aTotalAndAGaugeOfOneNameDoNotBreakTheScrape() {
        intake.kafkaMetric("producer-metrics", "x-total", 1.0);
        intake.kafkaMetric("producer-metrics", "x", 2.0);

        assertThat(text(intake)).contains("kafka_producer_x");
    }

    @Test
    void everyLineIsPrometheusText() {
        intake.metrics().counter("an odd/näme").inc();
        intake.kafkaMetric("stream-thread-metrics", "process-rate", 0.5);

        assertThat(text(intake, ledger).lines())
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(line).matches(LINE));
    }

    private static String text(Service... services) {
        return new String(new Metrics(List.of(services)).text(), UTF_8);
    }
}
