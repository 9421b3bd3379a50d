package dev.penstock.connector.iceberg;

import dev.penstock.spi.Prepared;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the work of one writer in one epoch of one incarnation from all other. */
record HandleId(String run, long epoch, int writer) {
    private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)-(.+)");

    static HandleId of(Prepared prepared) {
        return new HandleId(prepared.epoch().runId(), prepared.epoch().epoch(), prepared.writer());
    }

    /** As it stands in names of files. */
    String name() {
        return epoch + "-" + writer + "-" + run;
    }

    static Optional<HandleId> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new HandleId(
                        matcher.group(3), Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " of run " + run + ", writer " + writer;
    }
}
