/// How fast logs are audited.
@NullMarked
package org.ambientvcp.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
