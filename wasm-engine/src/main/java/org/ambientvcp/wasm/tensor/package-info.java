/// Host functions on tensors in linear memory: products of matrices, convolutions, activations. Pure functions of a
/// byte array, the same bits on every JVM, processor and width of vector; docs/wasm-host-functions.md is their
/// contract.
@NullMarked
package org.ambientvcp.wasm.tensor;

import org.jspecify.annotations.NullMarked;
