/// Content-addressed bytes: put, get by SHA-256, checked on every read. Start at [BlobStores#open(String)].
@NullMarked
package org.ambientvcp.blob;

import org.jspecify.annotations.NullMarked;
