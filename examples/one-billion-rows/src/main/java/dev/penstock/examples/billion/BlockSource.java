package dev.penstock.examples.billion;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Cuts a file of lines into blocks. Each range of 64 MiB is a partition, so that all workers have something to read; a
 * line belongs to the block that its first byte lies in.
 */
public record BlockSource(Path file) implements ItemSource<Block> {
    private static final long RANGE_BYTES = 64L << 20;

    @Override
    public Source create() {
        return new Opened(file, RANGE_BYTES);
    }

    /** The source as an engine opens it. */
    record Opened(Path file, long rangeBytes) implements Source {
        @Override
        public void open(ConnectorContext context) {
            // whoever works on a block opens the file
        }

        @Override
        public Schema schema() {
            return ItemSource.COLUMNS;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            long ranges = (size() + rangeBytes - 1) / rangeBytes;
            return new Discovery(
                    LongStream.range(0, ranges)
                            .mapToObj(range -> Partition.of("range-" + range, true))
                            .toList(),
                    true);
        }

        private long size() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new FatalException("Cannot read '" + file + "': " + e.getMessage() + "; give a file", e);
            }
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
            long start = rangeBytes * Long.parseLong(partition.id().substring("range-".length()));
            long from = resumeFrom.map(BlockPartition::position).orElse(start);
            return new BlockPartition(file, from, Math.min(start + rangeBytes, size()));
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
