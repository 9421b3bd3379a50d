package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that nobody sees yet. Its file name says whose it is, so that strays are known without any other state.
 *
 * @param writer the index of the writer
 * @param epoch the number of the epoch
 * @param run the incarnation of the pipeline
 */
record StagedMessage(int writer, long epoch, String run) {
    private static final Pattern NAME = Pattern.compile("w(\\d+)-e(\\d+)-(.+)\\.staged");
    private static final int VERSION = 1;

    String fileName() {
        return "w" + writer + "-e" + epoch + "-" + run.replaceAll("[^A-Za-z0-9_-]", "_") + ".staged";
    }

    static Optional<StagedMessage> parse(String fileName) {
        Matcher name = NAME.matcher(fileName);
        return name.matches()
                ? Optional.of(new StagedMessage(
                        Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)), name.group(3)))
                : Optional.empty();
    }

    /** All that a commit needs, whichever process does it. */
    ResumeState handle() {
        return new ResumeState(VERSION, fileName().getBytes(StandardCharsets.UTF_8));
    }

    /** The file that {@code prepared} is about. */
    static String fileName(Prepared prepared) {
        if (prepared.handle().version() != VERSION) {
            throw new StateVersionException(
                    "a staged message", prepared.handle().version(), VERSION);
        }
        return new String(prepared.handle().bytes(), StandardCharsets.UTF_8);
    }
}
