package dev.penstock.spi;

import dev.penstock.spi.data.Schema;
import java.util.List;

/**
 * A place to write rows to.
 *
 * <p><b>Order of calls:</b> {@code open plan (writer | committer)* close}. {@code close} is called on every outcome and
 * calling it again does nothing (LC-02).
 *
 * <p><b>Threads:</b> one at a time; the writers and the committer each have a thread of their own.
 */
public interface Sink extends AutoCloseable {
    /** Connects. */
    void open(ConnectorContext context);

    /** Creates the outside objects that writing needs. Idempotent; nothing else creates any (LC-08). */
    default void provision() {}

    /** Removes what {@link #provision} created. Idempotent. */
    default void deprovision() {}

    /**
     * Whether rows of {@code input} can be written like this; asked before the first row and when the columns change
     * (SA-08).
     */
    SinkPlan plan(Schema input, WriteMode mode);

    /** How rows must be divided among writers. */
    default Routing routing() {
        return Routing.any();
    }

    /**
     * A writer. A transactional one aborts, before its first epoch, the sink's open transactions whose writer index is
     * its own modulo the count and whose epoch is greater than the restored one, and nothing else (ST-07).
     *
     * @param restored the snapshots of the writers of the restored epoch; empty on first start
     */
    SinkWriter writer(WriterSlot slot, List<ResumeState> restored);

    /** The one committer of a run; required of a sink with {@link Capability#TRANSACTIONAL}. */
    default SinkCommitter committer(String sinkId, String runId) {
        throw new UnsupportedOperationException("Cannot commit to sink '" + sinkId + "': it is not transactional");
    }

    @Override
    void close();
}
