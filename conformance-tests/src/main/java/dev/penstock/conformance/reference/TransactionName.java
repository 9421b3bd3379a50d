package dev.penstock.conformance.reference;

import dev.penstock.spi.EpochId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the transactions of a sink are called: all that is needed to tell whose they are, so that a later incarnation
 * finds those that its predecessors left behind without any state of its own.
 *
 * @param sinkId the pipeline and the step
 * @param epoch the epoch, with the run
 * @param writer the index of the writer
 */
record TransactionName(String sinkId, EpochId epoch, int writer) {
    private static final Pattern FORM = Pattern.compile("(.+):([A-Za-z0-9-]+):epoch-(\\d+):writer-(\\d+)");

    /** The name that {@link #toString} wrote; empty for what this connector did not begin. */
    static Optional<TransactionName> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new TransactionName(
                        matcher.group(1),
                        new EpochId(matcher.group(2), Long.parseLong(matcher.group(3))),
                        Integer.parseInt(matcher.group(4))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return sinkId + ":" + epoch.runId() + ":epoch-" + epoch.epoch() + ":writer-" + writer;
    }
}
