/// Services, nodes, verifiers, tenants and bad weather.
@NullMarked
package org.ambientvcp.simulation.world;

import org.jspecify.annotations.NullMarked;
