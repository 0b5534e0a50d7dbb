package org.ambientvcp.stark.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vector code is fast only where C2 compiles it. HotSpot's first compiler gives up on methods of about 2,800 bytecodes
/// that use the Vector API, and when it has compiled such a method without profile before, it never gets to C2.
class KernelSizeTest {
    private static final int MOST_BYTES = 2_000;

    @ParameterizedTest
    @ValueSource(strings = {"ExtensionVectors", "FieldVectors", "HashVectors", "TransformVectors"})
    void generatedMethodsAreShortEnoughForTheFirstCompiler(String type) throws IOException {
        try (var in = getClass().getResourceAsStream(type + ".class")) {
            assertThat(in).isNotNull();
            var methods = ClassFile.of().parse(in.readAllBytes()).methods();

            assertThat(methods)
                    .isNotEmpty()
                    .allSatisfy(method -> assertThat(method.code()
                                    .map(code -> ((CodeAttribute) code).codeLength())
                                    .orElse(0))
                            .as(method.methodName().stringValue())
                            .isLessThanOrEqualTo(MOST_BYTES));
        }
    }
}
