/// The topic catalogue, how events are encoded and signed, and the schema-registry client.
@NullMarked
package org.ambientvcp.schemas;

import org.jspecify.annotations.NullMarked;
