package dev.penstock.conformance.report;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.release.DeclaredSettings;
import dev.penstock.conformance.rule.RuleResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes all that there is to say of a run into one directory. */
public final class ReportDirectory {
    /** The report, for programs. */
    public static final String JSON = "conformance.json";
    /** The report, for people. */
    public static final String PAGE = "conformance.html";

    private ReportDirectory() {}

    /**
     * Writes what the connector of {@code provider} declares to {@code golden/settings-<version>.json}: a release keeps
     * that file in its jar, see {@link DeclaredSettings}.
     */
    public static void writeSettings(Path directory, FixtureProvider provider) {
        DeclaredSettings settings = DeclaredSettings.of(ProductLookup.descriptor(provider));
        try {
            Path golden = Files.createDirectories(directory.resolve("golden"));
            Files.writeString(golden.resolve(DeclaredSettings.file(settings.version())), settings.json());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write settings to '" + directory + "': " + e.getMessage(), e);
        }
    }

    /**
     * Writes {@value #JSON}, {@value #PAGE}, a picture of each badge, and the evidence of each rule that noted some.
     *
     * @param directory made if it does not exist
     */
    public static void write(Path directory, ConformanceReport report, List<RuleResult> results) {
        try {
            Files.createDirectories(directory.resolve("evidence"));
            Files.writeString(directory.resolve(JSON), ReportJson.write(report));
            Files.writeString(directory.resolve(PAGE), ReportPage.html(report));
            for (Badge badge : Badge.of(report)) {
                Files.writeString(directory.resolve(badge.file()), BadgePicture.svg(badge));
            }
            for (RuleResult result : results) {
                if (!result.evidence().isEmpty()) {
                    Files.write(directory.resolve(ReportedRule.evidenceFile(result.attempt())), result.evidence());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report to '" + directory + "': " + e.getMessage(), e);
        }
    }
}
