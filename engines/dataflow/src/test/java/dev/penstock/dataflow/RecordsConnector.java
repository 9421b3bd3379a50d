package dev.penstock.dataflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A source of records in memory that knows how it was treated. */
final class RecordsConnector implements Connector {
    private static final Schema SCHEMA = Schema.of(Payload.FIELD);

    private final Map<String, List<String>> partitions = new TreeMap<>();
    private boolean endless;
    private int polls;
    private int open;
    private int released;

    RecordsConnector put(String partition, String... records) {
        partitions.put(partition, List.of(records));
        return this;
    }

    void endless(String partition, String record) {
        put(partition, record);
        endless = true;
    }

    int polls() {
        return polls;
    }

    int open() {
        return open;
    }

    int released() {
        return released;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "records",
                "1.0.0",
                "Records in memory",
                Map.of(Role.SOURCE, ConfigSpec.of()),
                Set.of(Capability.REPLAYABLE));
    }

    @Override
    public Source source(Config config) {
        return new Records();
    }

    private final class Records implements Source {
        @Override
        public void open(ConnectorContext context) {}

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            return new Discovery(
                    partitions.keySet().stream()
                            .map(id -> Partition.of(id, true))
                            .toList(),
                    true);
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
            open++;
            return new Reader(requireNonNull(partitions.get(partition.id())));
        }

        @Override
        public void close() {}
    }

    private final class Reader implements SourcePartition {
        private final List<String> records;
        private int next;

        Reader(List<String> records) {
            this.records = records;
        }

        @Override
        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
            polls++;
            ResumeState state = new ResumeState(1, new byte[] {(byte) next});
            if (next == records.size()) {
                return new Poll.End(state);
            }
            BatchBuilder batch = new BatchBuilder(SCHEMA);
            do {
                batch.append(Bytes.copyOf(records.get(next).getBytes(UTF_8)));
                next += endless ? 0 : 1;
            } while (endless && batch.rowCount() < maxRows);
            return new Poll.Rows(batch.build(), state);
        }

        @Override
        public void stateDurable(ResumeState state) {
            released++;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
