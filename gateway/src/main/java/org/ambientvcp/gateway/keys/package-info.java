/// Who may ask, and how often.
@NullMarked
package org.ambientvcp.gateway.keys;

import org.jspecify.annotations.NullMarked;
