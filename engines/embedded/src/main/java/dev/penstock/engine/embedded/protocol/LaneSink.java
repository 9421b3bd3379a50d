package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.SinkWriter;

/**
 * A writer that belongs to a lane.
 *
 * @param sinkId the id of the sink's step
 * @param index of the writer among those of its sink
 * @param writer called by the lane's thread alone
 * @param transactional whether its epochs are prepared and committed rather than flushed
 */
public record LaneSink(String sinkId, int index, SinkWriter writer, boolean transactional) {}
