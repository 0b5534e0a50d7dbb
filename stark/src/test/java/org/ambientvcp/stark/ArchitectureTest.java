package org.ambientvcp.stark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.ambientvcp.stark");

    @Test
    void verifierDoesNotKnowTheProver() {
        noClasses()
                .that()
                .resideInAnyPackage("..stark.verifier..", "..stark.proof..", "..stark.lookup..", "..stark.security..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..stark.prover..", "..stark.kernel..", "..stark.machines..")
                .check(CLASSES);
    }

    @Test
    void friVerifierDoesNotKnowFriProver() {
        noClasses()
                .that()
                .haveSimpleName("FriVerifier")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("FriProver")
                .check(CLASSES);
    }

    @Test
    void algebraKnowsNothingOfProofs() {
        noClasses()
                .that()
                .resideInAnyPackage("..stark.air..", "..stark.field..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..stark.proof..", "..stark.prover..", "..stark.verifier..", "..stark.hash..")
                .check(CLASSES);
    }

    @Test
    void knowsNothingOfKafkaOrWasm() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.ambientvcp.wasm..", "run.endive..")
                .allowEmptyShould(false)
                .check(CLASSES);
    }
}
