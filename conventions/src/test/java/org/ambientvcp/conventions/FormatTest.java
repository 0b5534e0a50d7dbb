package org.ambientvcp.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every Java source is as format.sh leaves it: the same program with the same options, asked what it would change.
class FormatTest {
    @TempDir
    Path folder;

    @Test
    void everySourceIsFormatted() throws Exception {
        var sources = SourceTree.javaSources();

        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(unformatted(sources))
                .as("not formatted; format them with: ./format.sh")
                .isEmpty();
    }

    @Test
    void anUnformattedSourceIsNoticed() throws Exception {
        var good = Files.writeString(folder.resolve("Good.java"), "class Good {}\n");
        var bad = Files.writeString(folder.resolve("Bad.java"), "class  Bad{\n  int x;}\n");

        assertThat(unformatted(List.of(good, bad))).containsExactly(bad.toString());
    }

    /// The paths that the formatter would write to. It prints those; what it cannot parse, with the reason, as well.
    private static List<String> unformatted(List<Path> sources) throws Exception {
        var arguments = new ArrayList<>(List.of("--palantir", "--dry-run"));
        for (var source : sources) arguments.add(source.toString());
        var changed = new StringWriter();
        var errors = new StringWriter();
        new Main(new PrintWriter(changed), new PrintWriter(errors), InputStream.nullInputStream())
                .format(arguments.toArray(String[]::new));
        return (changed.toString() + errors).lines().toList();
    }
}
