package dev.penstock.spi;

import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A place to read rows from, cut into partitions that are read independently.
 *
 * <p><b>Order of calls:</b> {@code open restored? (schema | discover | partition)* close}. {@code close} is called on
 * every outcome, also after a failed {@code open}, and calling it again does nothing (LC-02).
 *
 * <p><b>Threads:</b> one thread at a time, not always the same one; but {@link #discover} may run while partitions are
 * being read by other threads (SD-03).
 *
 * <p><b>Failures:</b> only {@link ConnectorException}; its type decides what happens next.
 */
public interface Source extends AutoCloseable {
    /** Connects; reads settings that may have changed outside, such as secrets. */
    void open(ConnectorContext context);

    /**
     * Creates the outside objects that reading needs (slots, subscriptions). Idempotent; nothing else creates any
     * (LC-08).
     */
    default void provision() {}

    /** Removes what {@link #provision} created. Idempotent. */
    default void deprovision() {}

    /** The columns that rows start with; later batches may have others if the outside changes. */
    Schema schema();

    /**
     * Says that this is not the first start: called after {@link #open} and before the first {@link #discover}.
     *
     * <p>A source that may be told to begin anywhere but at the start of its partitions needs it to tell those that
     * have appeared since from those that were there on the first start (SD-04). One that reads the outside as it was
     * at a point in time needs it to go on where a run was interrupted.
     *
     * @param known the last durable state of each partition that the pipeline has one of, by the partition's id
     * @throws ResumeLostException if what they speak of is no longer available (SP-07)
     * @throws StateVersionException if one was written by a release that this one does not understand (SP-08)
     */
    default void restored(Map<String, ResumeState> known) {}

    /**
     * The full current list of partitions; takes at most {@code maxWait}. Without side effects, repeatable (SD-03).
     *
     * <p>Ids are stable across instances, hosts and time (SD-01). A partition that appears later is read from its
     * start, whatever the start setting says (SD-04).
     */
    Discovery discover(Duration maxWait);

    /**
     * A reader of one partition.
     *
     * <p>A partition that the engine has a state of and that {@link #discover} no longer lists is asked for once more,
     * with its last known descriptor: the reader may then say what became of it (a {@code DELETE} row for a document
     * that is gone) and ends, or throws {@link ResumeLostException} if rows were left unread (SD-05).
     *
     * @param resumeFrom the state of the last durable batch, or empty to read from the start
     * @throws ResumeLostException if that position is no longer available (SP-07)
     * @throws StateVersionException if the state was written by a release that this one does not understand (SP-08)
     */
    SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom);

    /** What a state says, for people: offsets, lag. */
    default Map<String, String> describe(ResumeState state) {
        return Map.of("bytes", String.valueOf(state.size()));
    }

    @Override
    void close();
}
