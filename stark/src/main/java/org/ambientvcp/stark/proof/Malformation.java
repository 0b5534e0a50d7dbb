package org.ambientvcp.stark.proof;

import org.ambientvcp.stark.hash.Digest;

/// Why bytes are no proof for a key. None of these needs any cryptography.
public sealed interface Malformation {

    /// More bytes than any proof for the key can have.
    record TooLong(long bytes, long limit) implements Malformation {}

    /// The bytes do not begin as proofs do.
    record NotAProof() implements Malformation {}

    /// Made by a later or an earlier version.
    record UnknownVersion(int version) implements Malformation {}

    /// Made with other parameters than the key's.
    record OtherProfile(int profileId) implements Malformation {}

    /// Made for another key.
    record OtherKey(Digest digest) implements Malformation {}

    /// A table lower or higher than its chip may be; heights are binary logarithms.
    record Height(String chip, long height, int least, int most) implements Malformation {}

    /// All tables together are more than the profile is secure for.
    record BeyondLimits() implements Malformation {}

    /// The bytes end before a part does.
    record Truncated(String part) implements Malformation {}

    /// A part says that it has more words than it can have, or a number that does not divide evenly.
    record Count(String part, long count, int most) implements Malformation {}

    /// A part has a number that is no canonical field element.
    record NotCanonical(String part) implements Malformation {}

    /// The bytes go on after the end.
    record TrailingBytes(int bytes) implements Malformation {}
}
