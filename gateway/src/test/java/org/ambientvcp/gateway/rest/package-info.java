@NullMarked
package org.ambientvcp.gateway.rest;

import org.jspecify.annotations.NullMarked;
