package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

/** The operator must decide: the position to resume from is no longer there (SP-07). Never skipped over silently. */
public final class ResumeLostException extends ConnectorException {
    private final String partition;
    private final String position;
    private final String earliest;

    /**
     * A lost position.
     *
     * @param earliest what can still be read, for people
     */
    public ResumeLostException(String partition, String position, String earliest, String remedy) {
        super("Cannot resume partition '" + partition + "' at " + position + ": " + earliest + "; " + remedy);
        this.partition = requireNonNull(partition, "partition");
        this.position = requireNonNull(position, "position");
        this.earliest = requireNonNull(earliest, "earliest");
    }

    /** The id of the partition. */
    public String partition() {
        return partition;
    }

    /** Where reading should have gone on. */
    public String position() {
        return position;
    }

    /** What can still be read. */
    public String earliest() {
        return earliest;
    }
}
