package dev.penstock.engine.embedded.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a document, {@code {"a":1}}, an update that leaves it as it was, and one that empties it. */
public final class DocumentsSource implements Connector {
    private static final Schema SCHEMA =
            Schema.of(Field.required("id", DataType.INT64), Field.of("doc", DataType.BYTES));
    private static final ResumeState STATE = new ResumeState(1, new byte[0]);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "documents",
                "1.0.0",
                "Documents for tests",
                Map.of(Role.SOURCE, ConfigSpec.of()),
                Set.of(Capability.BOUNDED, Capability.REPLAYABLE));
    }

    @Override
    public Source source(Config config) {
        return new Documents();
    }

    private static RecordBatch rows() {
        ColumnBuilder ids = ColumnBuilder.of(DataType.INT64, 3);
        ColumnBuilder documents = ColumnBuilder.of(DataType.BYTES, 3);
        List.of(1L, 2L, 3L).forEach(ids::appendValue);
        documents.appendValue(Bytes.copyOf("{\"a\":1}".getBytes(UTF_8)));
        documents.appendUnchanged();
        documents.appendNull();
        byte update = Operation.UPDATE.code();
        return RecordBatch.of(SCHEMA, 3, List.of(ids.build(), documents.build()))
                .withOperations(new byte[] {Operation.INSERT.code(), update, update});
    }

    private static final class Documents implements Source {
        @Override
        public void open(ConnectorContext context) {}

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Discovery discover(Duration maxWait) {
            return new Discovery(List.of(Partition.of("documents", true)), true);
        }

        @Override
        public SourcePartition partition(Partition partition, Optional<ResumeState> from) {
            return new Reader();
        }

        @Override
        public void close() {}
    }

    private static final class Reader implements SourcePartition {
        private boolean given;

        @Override
        public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
            if (given) {
                return new Poll.End(STATE);
            }
            given = true;
            return new Poll.Rows(rows(), STATE);
        }

        @Override
        public void close() {}
    }
}
