package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import java.util.List;

/**
 * Durable epochs of one sink to be committed together.
 *
 * @param sinkId the id of the sink's step
 * @param handles ascending, never empty
 */
public record CommitRequest(String sinkId, List<Prepared> handles) {
    public CommitRequest {
        handles = List.copyOf(handles);
    }

    /** The newest epoch among the handles. */
    public EpochId newest() {
        return handles.get(handles.size() - 1).epoch();
    }
}
