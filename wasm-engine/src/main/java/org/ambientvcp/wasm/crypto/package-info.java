/// Host functions that hash and verify what is in linear memory. Pure functions of a byte array;
/// docs/wasm-host-functions.md is their contract.
@NullMarked
package org.ambientvcp.wasm.crypto;

import org.jspecify.annotations.NullMarked;
