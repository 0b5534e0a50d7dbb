/// The same log under other settings.
@NullMarked
package org.ambientvcp.audit.whatif;

import org.jspecify.annotations.NullMarked;
