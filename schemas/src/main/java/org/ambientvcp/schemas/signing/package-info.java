/// Ed25519 identities and signed events: exact bytes, with a domain for every purpose.
@NullMarked
package org.ambientvcp.schemas.signing;

import org.jspecify.annotations.NullMarked;
