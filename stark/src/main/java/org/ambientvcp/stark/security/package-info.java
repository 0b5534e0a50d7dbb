/// How hard it is to cheat, computed from the parameters: every other package takes them from a [Profile], and a
/// profile
/// that does not reach its target cannot be constructed.
@NullMarked
package org.ambientvcp.stark.security;

import org.jspecify.annotations.NullMarked;
