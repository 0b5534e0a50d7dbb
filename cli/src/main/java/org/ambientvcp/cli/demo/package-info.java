/// `vcp demo`: the example programs through a fresh cluster, each answer checked against one that is known.
@NullMarked
package org.ambientvcp.cli.demo;

import org.jspecify.annotations.NullMarked;
