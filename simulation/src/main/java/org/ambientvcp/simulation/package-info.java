/// The whole pipeline in one thread and out of one seed, through every fault we know how to make.
@NullMarked
package org.ambientvcp.simulation;

import org.jspecify.annotations.NullMarked;
