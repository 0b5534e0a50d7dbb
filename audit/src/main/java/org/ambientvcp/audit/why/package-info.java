/// Why a task went where it went, by replaying its cell's log.
@NullMarked
package org.ambientvcp.audit.why;

import org.jspecify.annotations.NullMarked;
