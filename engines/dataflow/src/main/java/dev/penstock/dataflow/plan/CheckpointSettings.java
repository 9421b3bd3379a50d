package dev.penstock.dataflow.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * When epochs are sealed and where state is kept.
 *
 * @param interval from one seal to the next
 * @param state the directory of the recovery store; empty if the pipeline asks for none, and then nothing survives a
 *     crash
 */
public record CheckpointSettings(Duration interval, Optional<Path> state) {
    public CheckpointSettings {
        requireNonNull(interval, "interval");
        requireNonNull(state, "state");
    }
}
