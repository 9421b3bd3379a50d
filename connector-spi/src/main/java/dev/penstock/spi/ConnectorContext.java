package dev.penstock.spi;

import java.nio.file.Path;
import java.time.Clock;

/** What an engine gives to the parts of a connector when it opens them. Safe for use from any thread. */
public interface ConnectorContext {
    /** The name of the pipeline. */
    String pipeline();

    /** The stable id of the step in the pipeline. */
    String stepId();

    /**
     * The generation of the pipeline's lease: greater in every incarnation than in all before. What a sink with
     * {@link Capability#FENCING} writes down when it claims.
     */
    long generation();

    /** Where relative paths of settings start. */
    Path baseDirectory();

    /** A directory of this step for temporary files, made on demand; emptied by the engine when the pipeline starts. */
    Path workDirectory();

    /** Counters and gauges of this step. */
    Metrics metrics();

    /** The clock to use instead of the system's. */
    Clock clock();
}
