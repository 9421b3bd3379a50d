package dev.penstock.examples.directoryqueue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A subdirectory of a queue that one producer drops messages into.
 *
 * <p>A message is a file of lines, {@code 0000000042.lines}. Messages are numbered without gaps and appear complete, by
 * a rename; whoever takes one deletes it when done.
 */
record Lane(Path directory) {
    private static final Pattern MESSAGE = Pattern.compile("\\d{10}\\.lines");

    /** The file of message {@code number}. */
    Path message(long number) {
        return directory.resolve(String.format(Locale.ROOT, "%010d.lines", number));
    }

    /** The lowest number there is from {@code least} on. */
    OptionalLong first(long least) throws IOException {
        return LongStream.of(numbers()).filter(number -> number >= least).min();
    }

    /** The highest number there is. */
    OptionalLong last() throws IOException {
        return LongStream.of(numbers()).max();
    }

    /** Deletes the messages before {@code number}. */
    void removeBefore(long number) throws IOException {
        for (long done : numbers()) {
            if (done < number) {
                Files.deleteIfExists(message(done));
            }
        }
    }

    private long[] numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> MESSAGE.matcher(name).matches())
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .toArray();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new long[0]; // the lane was taken away, with all that was in it
        }
    }

    /** Makes names in {@code directory} survive a loss of power. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
