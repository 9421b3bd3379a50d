package dev.penstock.conformance.engine;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
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
    /** The id of the step that reads. */
    public static final String SOURCE = "source";
    /** The id of the step that writes. */
    public static final String SINK = "sink";

    /** What the sink is called in the slots of its writers. */
    public String sinkId() {
        return name + "/" + SINK;
    }

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

        /** The settings as the connector gets them; relative paths start at {@code directory}. */
        Config config(Role role, Path directory) {
            return connector
                    .descriptor()
                    .spec(role)
                    .orElseThrow()
                    .parse(settings)
                    .orThrow()
                    .in(directory);
        }
    }
}
