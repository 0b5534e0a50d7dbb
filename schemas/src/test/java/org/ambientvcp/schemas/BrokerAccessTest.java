package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/// The table of Kafka users. `docs/security.md` shows it; `-Dcontracts.write=pages` writes it there.
class BrokerAccessTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final String BEGIN = "<!-- written from BrokerAccess -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void thePageShowsTheTable() throws IOException {
        var page = Files.readString(PAGE);
        var from = page.indexOf(BEGIN) + BEGIN.length();
        var to = page.indexOf(END);
        if (!SchemaHistoryTest.WRITE.isEmpty())
            Files.writeString(PAGE, page.substring(0, from) + table() + page.substring(to));

        assertThat(Files.readString(PAGE))
                .as("write it with: mvn -q -pl schemas test -Dtest=BrokerAccessTest -Dcontracts.write=pages")
                .contains(BEGIN + table() + END);
    }

    @Test
    void everyTopicHasAWriterAndAReader() {
        for (var topic : Topics.all()) {
            assertThat(mayDo(topic, AclOperation.WRITE)).as(topic.name()).isNotEmpty();
            assertThat(mayDo(topic, AclOperation.READ)).as(topic.name()).isNotEmpty();
        }
    }

    @Test
    void nobodyHasRightsOnTheClusterOrOnEverything() {
        assertThat(BrokerAccess.all()).allSatisfy(grant -> {
            assertThat(grant.resource()).isIn(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID);
            assertThat(grant.name()).isNotEqualTo("*").hasSizeGreaterThan(3);
            assertThat(grant.operations()).doesNotContain(AclOperation.ALL, AclOperation.ALTER);
        });
    }

    private static String mayDo(Topic<?> topic, AclOperation operation) {
        return BrokerAccess.all().stream()
                .filter(grant -> grant.resource() == ResourceType.TOPIC
                        && grant.operations().contains(operation))
                .filter(grant -> grant.pattern() == PatternType.PREFIXED
                        ? topic.name().startsWith(grant.name())
                        : topic.name().equals(grant.name()))
                .map(BrokerAccess.Grant::user)
                .collect(Collectors.joining(" "));
    }

    private static String table() {
        var text = new StringBuilder("| user | reads | writes | and |\n|---|---|---|---|\n");
        for (var user : BrokerAccess.users())
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(user, only(user, AclOperation.READ), only(user, AclOperation.WRITE), rest(user)));
        return text.toString();
    }

    /// Topics of the catalogue, by name.
    private static String only(String user, AclOperation operation) {
        return BrokerAccess.all().stream()
                .filter(grant -> grant.user().equals(user) && isPlain(grant))
                .filter(grant -> grant.operations().contains(operation))
                .map(grant -> "`" + grant.name().replaceAll("^vcp\\.|\\.v\\d+$", "") + "`")
                .collect(Collectors.joining(" "));
    }

    private static String rest(String user) {
        return BrokerAccess.all().stream()
                .filter(grant -> grant.user().equals(user) && !isPlain(grant))
                .map(grant -> "%s `%s`: %s"
                        .formatted(
                                grant.resource().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                grant.label(),
                                grant.operations().stream()
                                        .map(operation -> operation
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '))
                                        .sorted()
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("<br>"));
    }

    private static boolean isPlain(BrokerAccess.Grant grant) {
        return grant.resource() == ResourceType.TOPIC
                && grant.pattern() == PatternType.LITERAL
                && grant.operations().size() == 1;
    }
}
