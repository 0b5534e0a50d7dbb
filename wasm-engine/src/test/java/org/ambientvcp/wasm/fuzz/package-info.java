/// Random modules: valid ones, on which this engine's two modes and Endive's interpreter must agree, and damaged ones,
/// which must give an outcome.
@NullMarked
package org.ambientvcp.wasm.fuzz;

import org.jspecify.annotations.NullMarked;
