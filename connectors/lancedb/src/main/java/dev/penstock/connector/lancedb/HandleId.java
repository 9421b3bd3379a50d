package dev.penstock.connector.lancedb;

import dev.penstock.spi.Prepared;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the work of one writer in one epoch of one incarnation from all other. */
record HandleId(String run, long epoch, int writer) {
    private static final Pattern DIRECTORY = Pattern.compile("(\\d+)-(\\d+)-(.+)");
    private static final Pattern MARKER = Pattern.compile("(.+)/(\\d+)/(\\d+)");

    static HandleId of(Prepared prepared) {
        return new HandleId(prepared.epoch().runId(), prepared.epoch().epoch(), prepared.writer());
    }

    /** The name of the directory that holds the work until it is committed. */
    String directory() {
        return epoch + "-" + writer + "-" + run;
    }

    static Optional<HandleId> ofDirectory(String name) {
        Matcher matcher = DIRECTORY.matcher(name);
        return matcher.matches()
                ? Optional.of(new HandleId(
                        matcher.group(3), Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** As it stands in the properties of the transaction that commits it. */
    String marker() {
        return run + "/" + epoch + "/" + writer;
    }

    static Optional<HandleId> ofMarker(String text) {
        Matcher matcher = MARKER.matcher(text);
        return matcher.matches()
                ? Optional.of(new HandleId(
                        matcher.group(1), Long.parseLong(matcher.group(2)), Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }
}
