package dev.penstock.conformance.rules;

import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.conformance.release.DeclaredSettings;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConnectorDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Pipelines written for an earlier release still do: CF-07. */
final class CompatibilityRules {
    private CompatibilityRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "CF-07",
                Tier.T0,
                "Settings of earlier releases still do, unless the version says otherwise",
                CompatibilityRules::compatibility));
    }

    /** If this fails, check: what was renamed needs {@code formerly}, what changed needs a new major version. */
    private static void compatibility(Trial trial) throws IOException {
        ConnectorDescriptor descriptor = trial.connector().descriptor();
        DeclaredSettings now = DeclaredSettings.of(descriptor);
        List<DeclaredSettings> releases = releases(trial, descriptor);
        trial.note("compared with " + releases.size() + " earlier release(s)");
        for (DeclaredSettings release : releases) {
            List<String> breaks = release.brokenBy(now);
            if (!breaks.isEmpty() && major(release.version()).equals(major(now.version()))) {
                throw new RuleViolation(
                        breaks.get(0) + "; release " + release.version() + " and this one, " + now.version()
                                + ", promise to take the same settings"
                                + (breaks.size() > 1 ? " (and " + (breaks.size() - 1) + " more)" : ""),
                        "ConfigKey.formerly for a new name; else a version that says that settings have changed");
            }
        }
    }

    private static List<DeclaredSettings> releases(Trial trial, ConnectorDescriptor descriptor) throws IOException {
        Packaging packaging = trial.fixture().packaging(trial.directory());
        String prefix = DeclaredSettings.directory(descriptor.name()) + "settings-";
        List<DeclaredSettings> releases = new ArrayList<>();
        try (JarFile jar = new JarFile(packaging.own().toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".json")) {
                    byte[] bytes = jar.getInputStream(entry).readAllBytes();
                    releases.add(DeclaredSettings.read(new String(bytes, StandardCharsets.UTF_8)));
                }
            }
        }
        return releases;
    }

    /** Before 1.0 the second number is what says that something has changed. */
    private static String major(String version) {
        String[] numbers = version.split("[.+-]", -1);
        return numbers[0].equals("0") && numbers.length > 1 ? "0." + numbers[1] : numbers[0];
    }
}
