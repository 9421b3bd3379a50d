package dev.penstock.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which module may use which: the table of the architecture page. */
class ModuleRulesTest {
    private static final String SPI = "dev.penstock.spi..";
    private static final String CONNECTORS = "dev.penstock.connector..";
    private static final String EMBEDDINGS = "dev.penstock.embeddings..";
    private static final String DATAFLOW = "dev.penstock.dataflow..";
    private static final String EMBEDDED = "dev.penstock.engine.embedded..";
    private static final String TESTING = "dev.penstock.flow.testing..";
    private static final String CONFORMANCE = "dev.penstock.conformance..";
    private static final String CLI = "dev.penstock.cli..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(classDirectories());

    private static List<Path> classDirectories() {
        return Repository.modules().stream()
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    @Test
    void seesTheClassesOfEveryModule() {
        for (String place : List.of(SPI, CONNECTORS, EMBEDDINGS, DATAFLOW, EMBEDDED, TESTING, CONFORMANCE, CLI)) {
            String prefix = place.replace("..", "");
            assertThat(CLASSES.stream().filter(type -> type.getPackageName().startsWith(prefix)))
                    .as("classes of " + place + "; if none, build the whole project: ./mvnw verify")
                    .isNotEmpty();
        }
    }

    @Test
    void theSpiNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(SPI)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", SPI, "org.jspecify..")
                .because(
                        "every connector gets what the SPI needs, in the version that the SPI needs; move what uses the"
                                + " library into the connector or engine that wants it")
                .check(CLASSES);
    }

    @Test
    void connectorsKnowTheSpiAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(CONNECTORS, EMBEDDINGS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATAFLOW, "dev.penstock.engine..", CLI)
                .because("a connector runs on every engine; ask for what is missing as an addition to the SPI")
                .check(CLASSES);
    }

    @Test
    void connectorsDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.penstock.connector.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each connector is a jar of its own; a third copy of shared code becomes"
                        + " connectors/support-<what-it-does>")
                .check(CLASSES);
    }

    @Test
    void connectorsAndEmbeddingsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(CONNECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EMBEDDINGS)
                .because("vectors reach a connector as a column with ModelMetadata; read that instead")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(EMBEDDINGS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONNECTORS)
                .because("embeddings are a transform between any two connectors; work on columns instead")
                .check(CLASSES);
    }

    @Test
    void dataflowKnowsNoEngineAndNoConnector() {
        noClasses()
                .that()
                .resideInAPackage(DATAFLOW)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.penstock.engine..", CONNECTORS, EMBEDDINGS, CLI)
                .because("a pipeline means the same on every engine; put what an engine needs into its Plan")
                .check(CLASSES);
    }

    @Test
    void enginesKnowNoConnector() {
        noClasses()
                .that()
                .resideInAPackage("dev.penstock.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, EMBEDDINGS, CLI)
                .because("an engine gets connectors from the plan, through the SPI")
                .check(CLASSES);
    }

    @Test
    void theTestKitOfFlowsKnowsNoConnectorAndNobodyKnowsIt() {
        noClasses()
                .that()
                .resideInAPackage(TESTING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, EMBEDDINGS, CLI, "org.junit..", "org.assertj..")
                .because("it is a dependency of other people's tests, whatever they test with; throw an AssertionError")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(TESTING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TESTING)
                .because("what runs in production does not need it; move what is wanted to where it belongs")
                .check(CLASSES);
    }

    @Test
    void theConformanceKitKnowsNoConnectorAndOnlyTheCommandLineKnowsIt() {
        noClasses()
                .that()
                .resideInAPackage(CONFORMANCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, EMBEDDINGS, CLI, TESTING, "org.assertj..")
                .because("its rules hold for connectors that nobody here knows; ask a "
                        + "capability, or a hook of the fixture")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(CONFORMANCE, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONFORMANCE)
                .because("what runs in production does not need it; fixtures belong beside tests")
                .check(CLASSES);
    }

    @Test
    void onlyOneClassOfTheConformanceKitNeedsJUnit() {
        noClasses()
                .that()
                .resideInAPackage(CONFORMANCE)
                .and()
                .doNotHaveSimpleName("ConnectorConformance")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .because("'penstock conform' runs the rules without it")
                .check(CLASSES);
    }

    @Test
    void theCommandLineFindsConnectorsThroughTheServiceLoaderOnly() {
        noClasses()
                .that()
                .resideInAPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, EMBEDDINGS)
                .because("connectors are loaded from their directories, each apart; ask the ConnectorCatalog")
                .check(CLASSES);
    }

    @Test
    void nobodyUsesTheInsidesOfOtherPackages() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "com.sun..", "jdk.internal..")
                .because("the JDK may change its insides in any release; use its API")
                .check(CLASSES);
    }
}
