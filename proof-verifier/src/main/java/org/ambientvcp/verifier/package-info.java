/// Evidence in, signed verdicts out. See docs/verification.md.
@NullMarked
package org.ambientvcp.verifier;

import org.jspecify.annotations.NullMarked;
