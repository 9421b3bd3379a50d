package dev.penstock.conformance.engine;

import java.time.Duration;

/**
 * An engine that rules run pipelines on, in this process or, started by the kit, in one that is killed.
 *
 * <p>Found through {@link java.util.ServiceLoader}; has a public constructor without parameters.
 */
public interface TestedEngine {
    /** How reports call it: {@code kit}, {@code embedded}, {@code flink}. */
    String name();

    /** Starts a pipeline, from the state in its directory if there is any. */
    Running start(EngineJob job);

    /** A pipeline that runs. */
    interface Running extends AutoCloseable {
        /** Waits until the pipeline has ended by itself; false if it has not within {@code limit}. */
        boolean await(Duration limit) throws InterruptedException;

        /** Has the pipeline stop in order: what was read is committed. */
        void stop();

        /** Ends it; gives what it ended with to whoever waits. Throws what the pipeline failed with. */
        @Override
        void close();
    }
}
