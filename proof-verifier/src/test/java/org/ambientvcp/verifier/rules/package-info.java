@NullMarked
package org.ambientvcp.verifier.rules;

import org.jspecify.annotations.NullMarked;
