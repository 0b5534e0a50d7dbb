@NullMarked
package org.ambientvcp.gateway.view;

import org.jspecify.annotations.NullMarked;
