package dev.penstock.engine.embedded.runtime;

/**
 * The epoch after which there is none.
 *
 * @param complete whether all rows have come then, rather than somebody having asked to stop
 */
record LastEpoch(long epoch, boolean complete) {
    /** Not known yet. */
    static final LastEpoch NONE = new LastEpoch(Long.MAX_VALUE, false);

    boolean is(long other) {
        return epoch == other;
    }
}
