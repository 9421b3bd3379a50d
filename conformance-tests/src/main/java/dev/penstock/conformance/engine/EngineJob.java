package dev.penstock.conformance.engine;

import dev.penstock.spi.Connector;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A pipeline from one source to one sink. All that a child process needs to run the same can be written down: a step
 * names its connector's class.
 *
 * @param name of the pipeline
 * @param source where rows come from
 * @param sink where they go
 * @param mode how they are written
 * @param writers how many workers, and so writers, there are
 * @param epoch how long an epoch is
 * @param state the directory of the recovery state
 */
public record EngineJob(String name, Step source, Step sink, WriteMode mode, int writers, Duration epoch, Path state) {
    /**
     * A step.
     *
     * @param connector has a public constructor without parameters
     * @param settings as in a pipeline file
     */
    public record Step(Connector connector, Map<String, Object> settings) {
        public Step {
            settings = Map.copyOf(settings);
        }
    }
}
