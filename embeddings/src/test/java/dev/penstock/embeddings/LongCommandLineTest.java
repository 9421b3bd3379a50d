package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The runtime starts in a process whose command line is long, as with a large class path. */
class LongCommandLineTest {
    @Test
    void survivesACommandLineOfAHundredThousandCharacters() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(RuntimeStart.class, LongCommandLineTest.class, OrtEnvironment.class),
                        Start.class.getName(),
                        "x".repeat(100_000))
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String classPath(Class<?>... classes) {
        return String.join(
                File.pathSeparator,
                List.of(classes).stream()
                        .map(type -> type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toList());
    }

    /** Starts the runtime and ends. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            new RuntimeStart().get();
        }
    }
}
