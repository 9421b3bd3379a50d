package dev.penstock.spi;

import dev.penstock.spi.data.Validity;

/**
 * What a connector promises beyond the plain contract. A declared capability is tested, an undeclared one is refused
 * when the pipeline is planned, never silently downgraded (CF-09).
 */
public enum Capability {
    /** Source: can read up to an end and stop. */
    BOUNDED,
    /** Source: can go on waiting for more. */
    UNBOUNDED,
    /** Source: partitions may appear and vanish while it runs. */
    DISCOVERY,
    /** Source: reads what exists, then what changes, without a gap or a double. */
    SNAPSHOT_AND_STREAM,
    /** Source: rows may be updates and deletes. */
    CHANGELOG,
    /** Source: what was released by {@link SourcePartition#stateDurable} cannot be read again. */
    PRUNES_ON_ACK,
    /** Source: reading again from a state gives the same rows in the same order. */
    REPLAYABLE,
    /** Sink: what was flushed is durable. */
    AT_LEAST_ONCE,
    /** Sink: updates and deletes by key. */
    UPSERT,
    /**
     * Sink: an update leaves columns as they are that are {@linkplain Validity#isUnchanged unchanged} in it (SA-09).
     */
    PARTIAL_UPDATES,
    /** Sink: prepares and commits, see {@link SinkCommitter}. */
    TRANSACTIONAL,
    /** Sink: the rows of all writers become visible at one instant. */
    ATOMIC_ACROSS_WRITERS,
    /** Sink: an older incarnation cannot commit after {@link SinkCommitter#claim}. */
    FENCING,
    /** Sink: can change its table to fit a new schema. */
    SCHEMA_EVOLUTION,
    /** Transform: the same rows give the same result, whatever the batch. */
    DETERMINISTIC
}
