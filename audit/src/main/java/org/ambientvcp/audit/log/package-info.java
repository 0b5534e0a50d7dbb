/// Logs as an audit reads them: files with the exact bytes of records, and how they come from brokers.
@NullMarked
package org.ambientvcp.audit.log;

import org.jspecify.annotations.NullMarked;
