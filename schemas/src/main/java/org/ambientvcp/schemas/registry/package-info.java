/// Confluent's schema registry as we use it: a thin client and the wire format.
@NullMarked
package org.ambientvcp.schemas.registry;

import org.jspecify.annotations.NullMarked;
