package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Rows that are added, whatever the table holds. They go into the file of their partition as they come. */
final class AppendedRows implements EpochRows {
    private final TargetTable target;
    private final OpenFiles files;

    AppendedRows(TargetTable target, EpochFiles epoch, OpenFiles.Limits limits) {
        this.target = target;
        this.files = new OpenFiles(partition -> epoch.open(target.target(partition)), limits);
    }

    @Override
    public void add(RecordBatch batch, int[] chosen, int count) {
        files.write(batch, chosen, count, target.layout());
    }

    @Override
    public void columnsChange() {
        files.endAll();
    }

    @Override
    public long count() {
        return files.rows();
    }

    @Override
    public List<Segment> finish() {
        return List.of(Segment.of(target.specs(), files.finish(), List.of()));
    }

    @Override
    public void abort() {
        files.abort();
    }
}
