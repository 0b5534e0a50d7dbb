package org.ambientvcp.stark.proof;

import org.ambientvcp.stark.hash.Digest;

/// What a proof claims: that the machine of the key has an execution with these public values. All of it is absorbed
/// before anything else, so a proof for one statement is none for another.
///
/// @param keyDigest of the [VerificationKey], which says machine and profile
/// @param publicValues canonical field elements, as many as the machine has
/// @param context what the proof is for, for example a task and a nonce: bound to it, with no meaning here; at most
///     [#MOST_CONTEXT] words
public record Statement(Digest keyDigest, Words publicValues, Words context) {
    public static final int MOST_CONTEXT = 1 << 14;
    public static final int MOST_PUBLIC_VALUES = 1 << 16;

    public Statement {
        if (publicValues.size() > MOST_PUBLIC_VALUES)
            throw new IllegalArgumentException("publicValues are more than 65,536: " + publicValues.size());
        if (!publicValues.areCanonical()) throw new IllegalArgumentException("publicValues are not all below p");
        if (context.size() > MOST_CONTEXT)
            throw new IllegalArgumentException("context is more than 16,384 words: " + context.size());
    }

    /// For the key's machine and profile.
    public static Statement of(VerificationKey key, Words publicValues, Words context) {
        return new Statement(key.digest(), publicValues, context);
    }

    /// The canonical encoding: digest, then each of the others after its number of words.
    public Words encode() {
        return new WordWriter()
                .digest(keyDigest)
                .sized(publicValues)
                .sized(context)
                .toWords();
    }
}
