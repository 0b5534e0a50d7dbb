package org.ambientvcp.stark.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// `docs/proof.md` says what the calculator says.
class SecurityDocumentTest {
    @Test
    void theTablesAreTheCalculators() throws IOException {
        var document = Files.readString(Path.of("../docs/proof.md"));

        assertThat(document).contains(SecurityTable.markdown(Profile.all()));
        for (var profile : Profile.all()) {
            var parameters = profile.parameters();
            assertThat(document)
                    .contains(String.format(
                            Locale.ROOT,
                            "| %s | 1/%d | %d | %d | %d bits | %d | 2^%d |",
                            profile.name(),
                            parameters.blowup(),
                            parameters.extensionDegree(),
                            parameters.queries(),
                            parameters.grindingBits(),
                            parameters.randomisers(),
                            parameters.logMinHeight()));
        }
    }
}
