package org.ambientvcp.scheduler.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one process decided another one decides as well, with another collector, compiler, locale and hash seeds.
class ReplayInTwoProcessesTest {
    @TempDir
    Path directory;

    @Test
    void twoProcessesWriteTheSameBytes() throws Exception {
        var log = directory.resolve("log");
        ReplayMain.write(aDay(), log);

        var first =
                start(log, "first", List.of("-XX:+UseSerialGC", "-Xint", "-Duser.language=ar", "-Duser.country=EG"));
        var second = start(log, "second", List.of("-XX:+UseParallelGC", "-Duser.language=en"));

        assertThat(first.waitFor()).as(said("first")).isZero();
        assertThat(second.waitFor()).as(said("second")).isZero();
        assertThat(Files.size(directory.resolve("first"))).isGreaterThan(100_000);
        assertThat(Files.mismatch(directory.resolve("first"), directory.resolve("second")))
                .isEqualTo(-1);
    }

    private static List<CellRun.Logged> aDay() {
        var run = new CellRun();
        var world = new RandomWorld(4_711);
        for (int command = 0; command < 1_500; command++) {
            run.now += world.passingMillis();
            world.hear(run.apply(world.nextCommand()));
        }
        return run.log;
    }

    private Process start(Path log, String name, List<String> flags) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReplayMain.class.getName()));
        command.addAll(List.of(log.toString(), directory.resolve(name).toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".txt").toFile())
                .start();
    }

    private String said(String name) throws IOException {
        return name + ": " + Files.readString(directory.resolve(name + ".txt"));
    }
}
