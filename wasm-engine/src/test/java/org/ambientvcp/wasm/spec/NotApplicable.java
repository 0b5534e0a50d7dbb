package org.ambientvcp.wasm.spec;

/// What a test asks is nothing that this engine does.
final class NotApplicable extends Exception {
    static final String UNKNOWN_FUNCTION = "imports a function that is not there";

    NotApplicable(String reason) {
        super(reason.replaceAll("[: ]+[a-z0-9_]+ at offset.*", "").replaceAll("import [^ ]*\\.[^ ]*", "import …"));
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
