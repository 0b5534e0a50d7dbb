/// A broker for tests.
@NullMarked
package org.ambientvcp.testbroker;

import org.jspecify.annotations.NullMarked;
