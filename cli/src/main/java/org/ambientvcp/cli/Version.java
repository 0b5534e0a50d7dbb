package org.ambientvcp.cli;

import picocli.CommandLine.IVersionProvider;

/// Version of the build, from the jar's manifest.
final class Version implements IVersionProvider {
    static String text() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-SNAPSHOT" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"vcp " + text(), "Java " + Runtime.version()};
    }
}
