/// Polynomials by their values: the domains they are evaluated on, and the way between values and coefficients.
@NullMarked
package org.ambientvcp.stark.polynomial;

import org.jspecify.annotations.NullMarked;
