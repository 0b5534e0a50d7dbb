/// Writing to the topics and reading their logs on demand, both within a bounded time.
@NullMarked
package org.ambientvcp.gateway.kafka;

import org.jspecify.annotations.NullMarked;
