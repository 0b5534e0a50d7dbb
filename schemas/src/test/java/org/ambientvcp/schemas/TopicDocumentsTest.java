package org.ambientvcp.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// The pages about topics say what the catalogue says. With `-Dcontracts.write=pages` (or `next`, `rewrite`) this
/// test writes them.
class TopicDocumentsTest {
    private static final Path DOCS = Path.of("../docs");
    private static final String COMMAND =
            "write it with: mvn -q -pl schemas test -Dtest=TopicDocumentsTest -Dcontracts.write=pages";

    @Test
    void topicsPage() throws IOException {
        check("topics.md", TopicsDocument.text());
    }

    @Test
    void asyncApi() throws IOException {
        check("asyncapi.json", AsyncApiDocument.text());
    }

    @Test
    void everyReferenceOfTheAsyncApiDocumentLeadsSomewhere() throws IOException {
        var document = new ObjectMapper().readTree(AsyncApiDocument.text());
        var references = document.findValuesAsText("$ref");

        assertThat(references).hasSizeGreaterThan(Topics.all().size());
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyTopicIsAChannelWithItsOwnMessage() throws IOException {
        var document = new ObjectMapper().readTree(AsyncApiDocument.text());

        var names = new HashSet<String>();
        for (JsonNode message : document.at("/components/messages"))
            names.add(message.path("name").asText());
        assertThat(names).hasSameSizeAs(Topics.all());
        for (var topic : Topics.all())
            assertThat(document.path("channels")
                            .path(topic.name())
                            .path("address")
                            .asText())
                    .isEqualTo(topic.name());
    }

    @Test
    void namesAreUniqueAndFollowTheScheme() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("vcp\\.[a-z]+(-[a-z]+)*\\.v\\d+"));
        for (var topic : Topics.all()) assertThat(Topics.named(topic.name())).contains(topic);
        assertThat(Topics.named("vcp.nothing.v1")).isEmpty();
    }

    private static void check(String file, String text) throws IOException {
        if (!SchemaHistoryTest.WRITE.isEmpty()) Files.writeString(DOCS.resolve(file), text);

        assertThat(DOCS.resolve(file)).as(COMMAND).exists().hasContent(text);
    }
}
