/// Executes flat code as JVM bytecode: functions become static methods of hidden classes, made when they are first
/// called.
@NullMarked
package org.ambientvcp.wasm.compiler;

import org.jspecify.annotations.NullMarked;
