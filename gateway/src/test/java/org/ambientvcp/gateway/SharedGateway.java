package org.ambientvcp.gateway;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one gateway they share, closed at the end of the run.
public final class SharedGateway implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedGateway.class))
                .computeIfAbsent(Running.class, type -> start(), Running.class);
    }

    private static Running start() {
        try {
            return new Running(Map.of("VCP_MAX_BODY_BYTES", "65536", "VCP_MAX_BLOB_BYTES", "1000000"));
        } catch (Exception failed) {
            throw new IllegalStateException("the gateway did not start", failed);
        }
    }
}
