package dev.penstock.cli;

import dev.penstock.cli.plugin.FixtureLoader;
import dev.penstock.cli.plugin.InstalledConnectors;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.OneRole;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * Finds the fixtures of a connector.
 *
 * @param surroundings where connectors are installed
 * @param connector its name
 * @param jars where the fixtures are
 */
record ConformanceFixtures(Surroundings surroundings, String connector, List<Path> jars) {
    private static final String REFERENCE = "reference";
    private static final String OPTION = "--fixture";

    /**
     * The fixtures, for one role if one is given. The threads of this process find the connector and the fixtures from
     * here on.
     */
    FixtureProvider provider(Optional<Role> role) {
        FixtureProvider provider = connector.equals(REFERENCE) ? new ReferenceFixtures() : loaded();
        return role.<FixtureProvider>map(one -> new OneRole(provider, one)).orElse(provider);
    }

    private FixtureProvider loaded() {
        ClassLoader loader = InstalledConnectors.loader(surroundings.home(), connector)
                .orElseThrow(() -> refusal(
                        "CONNECTOR",
                        "Cannot try '" + connector + "': no connector of that name is installed",
                        NearestName.hint(connector, surroundings.catalog().names())
                                + " (its jars belong into connectors/" + connector + ")"));
        if (jars.isEmpty()) {
            throw refusal(
                    OPTION,
                    "Cannot try '" + connector + "' without a fixture, which knows the system that it talks to",
                    "give the jar of its fixture");
        }
        jars.stream().filter(jar -> !Files.exists(jar)).findFirst().ifPresent(missing -> {
            throw refusal(OPTION, "Cannot load a fixture from '" + missing + "': there is no such file", "");
        });
        FixtureLoader fixtures = FixtureLoader.of(jars, loader);
        Thread.currentThread().setContextClassLoader(fixtures);
        return named(fixtures);
    }

    private FixtureProvider named(FixtureLoader loader) {
        try {
            List<FixtureProvider> providers = loader.providers();
            return providers.stream()
                    .filter(provider -> provider.connector().equals(connector))
                    .findFirst()
                    .orElseThrow(() -> refusal(
                            OPTION,
                            "Cannot find a fixture of '" + connector + "' in " + jars + ": there are those of "
                                    + providers.stream()
                                            .map(FixtureProvider::connector)
                                            .toList(),
                            "name its FixtureProvider in META-INF/services"));
        } catch (ServiceConfigurationError | LinkageError e) {
            ConfigException refusal = refusal(
                    OPTION,
                    "Cannot load the fixture of '" + connector + "': " + e.getMessage(),
                    "give all jars that it needs");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static ConfigException refusal(String path, String reason, String remedy) {
        return new ConfigException(path, Problem.Code.NOT_FOUND, reason, remedy);
    }
}
