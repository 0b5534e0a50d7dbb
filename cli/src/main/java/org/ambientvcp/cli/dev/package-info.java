/// The whole system in one JVM: embedded broker and registry, all services, five simulated nodes.
@NullMarked
package org.ambientvcp.cli.dev;

import org.jspecify.annotations.NullMarked;
