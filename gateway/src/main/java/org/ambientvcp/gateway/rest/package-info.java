/// The routes, what they answer and how they refuse. Start at [org.ambientvcp.gateway.rest.RestServer].
@NullMarked
package org.ambientvcp.gateway.rest;

import org.jspecify.annotations.NullMarked;
