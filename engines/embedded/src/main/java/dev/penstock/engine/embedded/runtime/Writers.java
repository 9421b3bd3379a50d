package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.LaneSink;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** Makes the writers of all sinks. Used by the coordinating thread alone. */
final class Writers {
    private final Incarnation incarnation;
    private final Counters counters;
    private final Closing closing;
    private final List<SinkWriter> made = new ArrayList<>();

    Writers(Incarnation incarnation, Counters counters, Closing closing) {
        this.incarnation = incarnation;
        this.counters = counters;
        this.closing = closing;
    }

    /** Writer {@code index} of the {@code count} that {@code step} gets. */
    LaneSink make(SinkStep step, int index, int count) {
        String id = step.node().id();
        SinkWriter writer = closing.add(step.writer(incarnation.slot(step.sinkId(), index, count), snapshots(id)));
        made.add(writer);
        return new LaneSink(id, index, writer, step.transactional());
    }

    private List<ResumeState> snapshots(String sinkId) {
        return incarnation.recovered().snapshots().stream()
                .filter(snapshot -> snapshot.sinkId().equals(sinkId))
                .map(snapshot -> snapshot.state())
                .toList();
    }

    /** What writes with {@code lane}'s writer. */
    Stage stage(SinkStep step, LaneSink lane, Schema schema, Rejections rejections) {
        return new SinkStage(
                step, lane.writer(), schema, counters.step(step.node().id()), rejections);
    }

    /** Makes blocked writers return. */
    void wakeup() {
        made.forEach(SinkWriter::wakeup);
    }
}
