/// How evidence is judged: pure rules over records, no Kafka, no clock, no randomness.
@NullMarked
package org.ambientvcp.verifier.rules;

import org.jspecify.annotations.NullMarked;
