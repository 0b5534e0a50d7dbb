package org.ambientvcp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the log of this process goes. Has to be said before anything logs.
public final class Logging {
    private static final String CONFIGURATION = "log4j2.configurationFile";

    private Logging() {}

    /// Errors only, on standard error: for commands whose output is the answer. A service logs as services do.
    static void forCommand(String[] arguments) {
        var isService = arguments.length > 0 && (arguments[0].equals("start") || arguments[0].equals("node"));
        if (!isService && System.getProperty(CONFIGURATION) == null)
            System.setProperty(CONFIGURATION, "log4j2-command.xml");
    }

    /// Into `vcp.log` of a data directory, which is made if need be; the file.
    public static Path toFile(Path dataDirectory) throws IOException {
        Files.createDirectories(dataDirectory);
        var file = dataDirectory.resolve("vcp.log");
        System.setProperty("vcp.log", file.toString());
        System.setProperty(CONFIGURATION, "log4j2-dev.xml");
        return file;
    }
}
