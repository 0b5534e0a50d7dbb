package org.ambientvcp.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Borders between modules and packages, in the compiled classes of the product.
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter().importPaths(SourceTree.productClasses());
    private static final String[] SERVICES = {"telemetry", "scheduler", "worker", "verifier", "gateway"};

    /// Nothing may pass because nothing was looked at: each module has to be there.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blob",
                "cli",
                "audit",
                "embedded",
                "events",
                "gateway",
                "runner",
                "scheduler",
                "schemas",
                "service",
                "simulation",
                "stark",
                "telemetry",
                "testbroker",
                "verifier",
                "wasm",
                "worker"
            })
    void everyModuleIsLookedAt(String module) {
        assertThat(PRODUCT.stream().filter(type -> type.getPackageName().startsWith("org.ambientvcp." + module)))
                .isNotEmpty();
    }

    /// Packages of rules: pure functions over records, the same wherever they run.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduler.cell",
                "scheduler.intake",
                "scheduler.ledger",
                "telemetry.admission",
                "telemetry.energy",
                "telemetry.health",
                "telemetry.update",
                "verifier.rules",
            })
    void rulesKnowNeitherKafkaNorClocksNorChance(String rules) {
        var inRules = "org.ambientvcp." + rules;

        noClasses()
                .that()
                .resideInAPackage(inRules)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(inRules)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm", "stark"})
    void sandboxAndProofsKnowNothingOfTheRest(String module) {
        noClasses()
                .that()
                .resideInAPackage("org.ambientvcp." + module + "..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are of Kafka, Avro or another module") {
                    @Override
                    public boolean test(JavaClass type) {
                        var name = type.getPackageName();
                        return name.startsWith("org.apache.")
                                || (name.startsWith("org.ambientvcp.") && !name.startsWith("org.ambientvcp." + module));
                    }
                })
                .check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telemetry", "scheduler", "worker", "verifier", "gateway"})
    void servicesMeetInTopicsOnly(String service) {
        var others = Stream.concat(Stream.of(SERVICES), Stream.of("cli"))
                .filter(other -> !other.equals(service))
                .map(other -> "org.ambientvcp." + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("org.ambientvcp." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(PRODUCT);
    }

    @Test
    void whatAllShareDependsOnNoService() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.ambientvcp.schemas..",
                        "org.ambientvcp.blob..",
                        "org.ambientvcp.service..",
                        "org.ambientvcp.embedded..",
                        "org.ambientvcp.runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(Stream.of(SERVICES), Stream.of("cli"))
                        .map(service -> "org.ambientvcp." + service + "..")
                        .toArray(String[]::new))
                .check(PRODUCT);
    }

    /// The environment is read once, where a process begins; the commands of `vcp` are such places.
    @Test
    void onlyMainClassesReadTheEnvironment() {
        classes()
                .that(new DescribedPredicate<JavaClass>("read the environment") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(System.class)
                                        && call.getName().equals("getenv"));
                    }
                })
                .should()
                .haveSimpleNameEndingWith("App")
                .orShould()
                .resideInAPackage("org.ambientvcp.cli")
                .check(PRODUCT);
    }

    @Test
    void logsGoToSlf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.ambientvcp.events..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.logging..", "org.apache.log4j..")
                .check(PRODUCT);
    }
}
