package dev.penstock.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Near names, units and secrets. */
final class WordsTest {
    private static final List<String> NAMES = List.of("path", "glob", "roll-rows", "roll-size", "compression", "id");

    @ParameterizedTest
    @CsvSource({
        "pth, path",
        "paht, path",
        "PATH, path",
        "globb, glob",
        "rol-rows, roll-rows",
        "roll-sise, roll-size",
        "compresion, compression",
        "roll_rows, roll-rows",
        "di, id"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(NearestName.of(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "x", "bootstrap"})
    void findsNothingForAnotherWord(String typed) {
        assertThat(NearestName.of(typed, NAMES)).isEmpty();
        assertThat(NearestName.hint(typed, List.of("second", "first"))).isEqualTo("use one of: second, first");
    }

    @Test
    void findsEveryNameWithOneEdit() {
        for (String name : NAMES.subList(0, 5)) {
            for (int i = 0; i < name.length(); i++) {
                assertThat(NearestName.of(name.substring(0, i) + name.substring(i + 1), NAMES))
                        .contains(name);
                assertThat(NearestName.of(name.substring(0, i) + "q" + name.substring(i), NAMES))
                        .contains(name);
                assertThat(NearestName.of(name.substring(0, i) + "q" + name.substring(i + 1), NAMES))
                        .contains(name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "10s, PT10S",
        "5m, PT5M",
        "5min, PT5M",
        "1h, PT1H",
        "2d, PT48H",
        "PT1M30S, PT1M30S",
        "'1 s', PT1S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(Units.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1", "-1s", "1.5s", "1S", "1w", "99999999999999999999s"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> Units.duration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1b, 1", "1KB, 1000", "1kib, 1024", "3MiB, 3145728", "2GB, 2000000000", "1 GiB, 1073741824"})
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1.5MiB", "-1", "1TB", "99999999999999999999"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Units.size(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesASizeThatOverflows() {
        assertThatThrownBy(() -> Units.size("9999999999GiB")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void showsNoSecret() {
        assertThat(Secret.of("hunter2")).hasToString("***");
        assertThat(Secret.of("hunter2").reveal()).isEqualTo("hunter2");
        assertThat(Secret.of("hunter2")).isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("other"));
    }

    @Test
    void looksASecretUpEachTime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("key");
        Secret secret = Secret.of("secret://file/" + file);
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make the file readable");
        Files.writeString(file, "first\n");
        assertThat(secret.reveal()).isEqualTo("first");
        Files.writeString(file, "rotated\n");
        assertThat(secret.reveal()).isEqualTo("rotated");
        assertThat(secret.isReference()).isTrue();
    }

    @Test
    void readsASecretFromTheEnvironment() {
        String path = System.getenv("PATH");
        assertThat(Secret.of("secret://env/PATH").reveal()).isEqualTo(path);
        assertThatThrownBy(() -> Secret.of("secret://env/NO_SUCH_VARIABLE").reveal())
                .hasMessage("Cannot resolve secret://env/NO_SUCH_VARIABLE: environment variable 'NO_SUCH_VARIABLE' is"
                        + " not set; set it before starting the pipeline");
    }
}
