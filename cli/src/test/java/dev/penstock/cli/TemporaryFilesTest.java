package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
    private static final String PROPERTY = "java.io.tmpdir";

    private final String before = System.getProperty(PROPERTY);
    private final String name = "penstock-" + System.getProperty("user.name");

    @TempDir
    Path place;

    @AfterEach
    void restore() {
        System.setProperty(PROPERTY, before);
    }

    @Test
    void holdsWhatTheProcessMakesAndRemovesItAtTheEnd() throws IOException {
        TemporaryFiles files = TemporaryFiles.claim(place);
        assertThat(System.getProperty(PROPERTY)).isEqualTo(files.directory().toString());
        Files.createDirectories(files.directory().resolve("deep/er"));
        Files.createFile(files.directory().resolve("deep/er/library.so"));
        files.close();
        assertThat(place.resolve(name)).isEmptyDirectory();
    }

    @Test
    void removesThoseOfADeadProcess() throws IOException {
        Path common = Files.createDirectory(
                place.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(common.resolve("1-2.lock"));
        Files.createFile(Files.createDirectory(common.resolve("1-2")).resolve("library.so"));
        TemporaryFiles files = TemporaryFiles.claim(place);
        assertThat(common.resolve("1-2")).doesNotExist();
        assertThat(common.resolve("1-2.lock")).doesNotExist();
        files.close();
    }

    @Test
    void usesNoDirectoryThatOthersCanWrite() throws IOException {
        Path common = Files.createDirectory(place.resolve(name));
        Files.setPosixFilePermissions(common, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> TemporaryFiles.claim(place)).hasMessageContaining("is open to other users");
        assertThat(System.getProperty(PROPERTY)).isEqualTo(before);
    }
}
