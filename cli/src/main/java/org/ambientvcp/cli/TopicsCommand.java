package org.ambientvcp.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.ambientvcp.schemas.Topic;
import org.ambientvcp.schemas.TopicAdmin;
import org.ambientvcp.schemas.Topics;
import org.ambientvcp.service.KafkaConnection;
import org.ambientvcp.service.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The topic catalogue.
@Command(
        name = "topics",
        description = "The topics of the system; `topics create` makes them on a broker.",
        mixinStandardHelpOptions = true,
        subcommands = TopicsCommand.Create.class)
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (output.isJson()) {
            var topics = GatewayClient.JSON.createArrayNode();
            for (var topic : Topics.all())
                topics.addObject()
                        .put("name", topic.name())
                        .put("key", topic.key())
                        .put("value", topic.type().getSimpleName())
                        .put("payload", payload(topic))
                        .put("writers", topic.writers())
                        .put("purpose", topic.purpose());
            output.json(topics);
            return ExitCode.OK;
        }
        var table = new Table("TOPIC", "KEY", "VALUE", "PARTITIONS", "CLEANUP", "PURPOSE");
        for (var topic : Topics.all())
            table.row(
                    topic.name(),
                    topic.key(),
                    topic.type().getSimpleName() + (payload(topic).isEmpty() ? "" : "<" + payload(topic) + ">"),
                    topic.partitioning() == Topic.Partitioning.BY_CELL ? "cells" : "by key",
                    topic.cleanup().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    topic.purpose());
        table.print(output.out());
        return ExitCode.OK;
    }

    private static String payload(Topic<?> topic) {
        var payload = topic.payload();
        return payload == null ? "" : payload.payload().getSimpleName();
    }

    @Command(
            name = "create",
            description = "Make the topics that a broker does not have, and wait until they can be used.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Mixin
        private final BrokerOptions broker = new BrokerOptions();

        @Mixin
        private final OutputOptions output = new OutputOptions();

        @Option(
                names = "--cells",
                paramLabel = "N",
                defaultValue = "8",
                description = "Scheduling cells. Default: ${DEFAULT-VALUE}")
        private int cells;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "12",
                description = "Of the other topics. Default: ${DEFAULT-VALUE}")
        private int partitions;

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                defaultValue = "1",
                description = "Default: ${DEFAULT-VALUE}")
        private short replicas;

        @Override
        public Integer call() throws InterruptedException {
            try (var admin =
                    KafkaConnection.from(new Settings(broker.environment())).admin()) {
                var created = TopicAdmin.createMissing(
                        admin, new TopicAdmin.Layout(cells, partitions, replicas), Duration.ofSeconds(60));
                output.out()
                        .println(
                                created.size() + " topics made, " + Topics.all().size() + " ready");
                return ExitCode.OK;
            } catch (ExecutionException | IllegalStateException refused) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, "The topics could not be made: " + refused.getMessage());
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            }
        }
    }
}
