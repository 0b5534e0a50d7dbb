/// The field of the traces, BabyBear, and its extensions that challenges come from.
@NullMarked
package org.ambientvcp.stark.field;

import org.jspecify.annotations.NullMarked;
