package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Remembers which staged files the running commit puts behind which: the rename of the first makes all of them visible
 * at once, and this tells a process that comes after a crash that they have gone with it.
 */
final class MergeLog {
    private static final String FILE = "merges";

    private final Path staging;
    private final Fence fence;

    MergeLog(Path staging, Fence fence) {
        this.staging = staging;
        this.fence = fence;
    }

    /** Files that become one part, under the name of the first. */
    record Merge(List<StagedFile> files) {
        StagedFile first() {
            return files.get(0);
        }

        List<StagedFile> others() {
            return files.subList(1, files.size());
        }

        private String line() {
            return first().bytes() + " " + files.stream().map(StagedFile::name).collect(Collectors.joining(" "));
        }
    }

    /**
     * Settles what the last commit left, done or half done.
     *
     * @throws dev.penstock.spi.FencedException if it may be of a newer incarnation, which is not to be disturbed:
     *     cutting back what it has just joined would lose rows
     */
    void settle() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(staging.resolve(FILE));
        } catch (NoSuchFileException e) {
            return;
        }
        // Looked at after the log was read: a newer incarnation claims before it writes one.
        fence.check();
        for (String line : lines) {
            settle(line.split(" ", -1));
        }
        Files.deleteIfExists(staging.resolve(FILE));
    }

    private void settle(String[] merge) throws IOException {
        Path first = staging.resolve(merge[1]);
        if (Files.exists(first)) {
            try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
                channel.truncate(Long.parseLong(merge[0]));
            }
        } else {
            for (String other : Arrays.asList(merge).subList(2, merge.length)) {
                Files.deleteIfExists(staging.resolve(other));
            }
        }
    }

    void begin(List<Merge> merges) throws IOException {
        String lines = merges.stream().map(Merge::line).collect(Collectors.joining("\n"));
        Durable.replace(staging.resolve(FILE), lines.getBytes(UTF_8));
        Durable.directory(staging);
    }
}
