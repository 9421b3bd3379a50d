package dev.penstock.dataflow.plan;

import java.util.Locale;

/** What a pipeline promises about each row, weakest first. */
public enum Guarantee {
    /** A crash may lose rows. */
    AT_MOST_ONCE,
    /** No row is lost; a crash may repeat some. */
    AT_LEAST_ONCE,
    /** Each row has its effect once, whatever crashes. */
    EXACTLY_ONCE;

    /** As people write it: {@code exactly-once}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
