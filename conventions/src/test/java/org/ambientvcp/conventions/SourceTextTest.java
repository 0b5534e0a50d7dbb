package org.ambientvcp.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the text of the sources may not say.
class SourceTextTest {
    private static final int MOST_LINES = 400;
    private static final int MOST_COLUMNS = 120;
    private static final Pattern TOPIC_NAME = Pattern.compile("\"vcp\\.[a-z-]+\\.v\\d+\"");
    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern MOCKS = Pattern.compile("import (static )?org\\." + "mockito");

    @Test
    void filesAreShort() {
        assertNone(file -> SourceTree.read(file).lines().count() > MOST_LINES, "over " + MOST_LINES + " lines");
    }

    /// Of a Markdown comment the formatter counts the indentation twice on all lines but the first; a line that it
    /// thinks too long it breaks into one that is no comment, and then cannot parse.
    @Test
    void markdownCommentsAreNotTooLongForTheFormatter() {
        assertNone(
                SourceTextTest::hasLongMarkdownComment,
                "has a /// line that is over " + MOST_COLUMNS + " columns with its indentation counted twice");
    }

    private static boolean hasLongMarkdownComment(Path file) {
        var previous = "";
        for (var line : SourceTree.read(file).lines().toList()) {
            var comment = line.stripLeading();
            var indentation = line.length() - comment.length();
            if (comment.startsWith("///") && previous.startsWith("///") && line.length() + indentation > MOST_COLUMNS)
                return true;
            previous = comment;
        }
        return false;
    }

    @Test
    void topicNamesAreSpelledInTheCatalogueOnly() {
        assertThat(TOPIC_NAME.matcher("\"vcp.tasks.v1\"").matches()).isTrue();
        assertNone(
                file -> file.toString().contains("/src/main/")
                        && !file.endsWith("org/ambientvcp/schemas/Topics.java")
                        && TOPIC_NAME.matcher(SourceTree.read(file)).find(),
                "a topic name is spelled outside of Topics");
    }

    @Test
    void nothingIsLeftForLater() {
        assertNone(file -> LATER.matcher(SourceTree.read(file)).find(), "leaves something for later");
    }

    @Test
    void nothingIsMocked() {
        assertNone(file -> MOCKS.matcher(SourceTree.read(file)).find(), "mocks");
    }

    private static void assertNone(Predicate<Path> wrong, String what) {
        var sources = SourceTree.javaSources();
        assertThat(sources).hasSizeGreaterThan(100);
        List<String> found = sources.stream()
                .filter(wrong)
                .map(file -> SourceTree.ROOT.relativize(file).toString())
                .toList();
        assertThat(found).as(what).isEmpty();
    }
}
