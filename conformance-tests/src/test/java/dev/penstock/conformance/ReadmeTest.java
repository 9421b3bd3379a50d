package dev.penstock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** If this fails, put what the test shows into README.md. */
final class ReadmeTest {
    @Test
    void comparesWithOtherKits() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(OtherKits.groups(), OtherKits.evidence());
    }

    @Test
    void speaksOfRulesAndKitsThatAreListed() {
        assertThat(OtherKits.tried()).allMatch(tried -> OtherKits.rules().contains(tried.rule()));
        assertThat(OtherKits.tried()).allMatch(tried -> OtherKits.kits().contains(tried.kit()));
    }
}
