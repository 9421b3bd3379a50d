package dev.penstock.engine.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full or read-only; made in a name space of its own, where the system allows it. */
final class StateDiskIT {
    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void needsMounts() throws IOException, InterruptedException {
        disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(canMount(), "user name spaces with mounts");
    }

    private boolean canMount() throws InterruptedException {
        try {
            return new ProcessBuilder(onDisk("size=1m", "true")).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A command that makes a small disk and then runs {@code then} with the arguments that follow. */
    private List<String> onDisk(String options, String then) {
        String script = "mount -t tmpfs -o " + options + " tmpfs '" + disk + "' && " + then;
        return List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh");
    }

    private StoreProcess start(String options, String then) {
        return StoreProcess.start(onDisk(options, then), directory.resolve("native"), disk, "orders", "here");
    }

    @Test
    void losesNothingWhenTheDiskIsFullForAWhile() {
        try (StoreProcess process = start("size=3m", "exec \"$@\"")) {
            process.await("claimed 1");
            process.tell("ballast 2500");
            long epoch = 0;
            String answer;
            do {
                epoch++;
                process.tell("seal " + epoch);
                answer = process.line().orElseThrow();
            } while (answer.startsWith("sealed"));
            assertThat(answer)
                    .startsWith("failed " + StateUnavailableException.class.getName() + ": Cannot seal epoch " + epoch)
                    .contains("no space is left on the device");
            process.tell("check");
            assertThat(process.line()).contains("found " + (epoch - 1));
            process.tell("free");
            process.tell("seal " + epoch);
            assertThat(process.line()).contains("sealed " + epoch);
            process.tell("check");
            assertThat(process.line()).contains("found " + epoch);
        }
    }

    @Test
    void saysThatThereIsNoSpaceToBeginWith() {
        try (StoreProcess process = start("size=16k", "exec \"$@\"")) {
            assertThat(process.await("failed"))
                    .contains(StateUnavailableException.class.getName())
                    .contains("no space is left on the device");
        }
    }

    @Test
    void saysThatTheDirectoryIsReadOnly() {
        try (StoreProcess process = start("size=3m,ro", "exec \"$@\"")) {
            assertThat(process.await("failed"))
                    .contains(StateUnavailableException.class.getName())
                    .contains("it may not be opened for writing; give this user write access to directory '" + disk
                            + "', or choose another with checkpoint.state");
        }
    }
}
