package dev.penstock.connector.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Puts a directory on a disk of a few megabytes, in memory, which can be filled; only root may. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path directory;
    private boolean mounted;

    SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Moves what is in the directory to a disk of its own; false if that is not allowed. */
    boolean mount() throws IOException {
        Path kept = directory.resolveSibling("kept");
        Files.move(directory, kept);
        Files.createDirectories(directory);
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", directory.toString());
        return mounted && run("cp", "-a", kept + "/.", directory.toString());
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    /** Leaves no room. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!Files.exists(filler())) {
                throw full;
            }
        }
    }

    /** Makes room again. */
    void free() throws IOException {
        Files.delete(filler());
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            run("umount", "--lazy", directory.toString());
        }
    }
}
