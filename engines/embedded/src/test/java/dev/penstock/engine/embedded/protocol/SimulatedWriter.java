package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes to a {@link SimulatedTarget}, in transactions or straight. */
final class SimulatedWriter implements SinkWriter {
    private final SimulatedTarget target;
    private final Chaos chaos;
    private final String sinkId;
    private final int index;
    private final long generation;
    private final boolean transactional;
    private final List<Integer> buffered = new ArrayList<>();
    private EpochId epoch = new EpochId("none", 0);
    private int rows;

    SimulatedWriter(
            SimulatedTarget target, Chaos chaos, String sinkId, int index, long generation, boolean transactional) {
        this.target = target;
        this.chaos = chaos;
        this.sinkId = sinkId;
        this.index = index;
        this.generation = generation;
        this.transactional = transactional;
    }

    @Override
    public void begin(EpochId next) {
        epoch = next;
        rows = 0;
    }

    void add(int row) {
        if (transactional) {
            target.write(id(), generation, row);
            rows++;
        } else {
            buffered.add(row);
        }
    }

    private SimulatedTarget.Id id() {
        return new SimulatedTarget.Id(sinkId, epoch, index);
    }

    @Override
    public Optional<Prepared> prepare() {
        chaos.mayCrash();
        Optional<Prepared> prepared =
                rows == 0 ? Optional.empty() : Optional.of(target.prepare(id(), generation, rows));
        chaos.mayCrash();
        return prepared;
    }

    @Override
    public void flush() {
        chaos.mayCrash();
        target.show(sinkId, buffered);
        buffered.clear();
        chaos.mayCrash();
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        throw new UnsupportedOperationException("rows are added one by one here");
    }

    @Override
    public void close() {}
}
