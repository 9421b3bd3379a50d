package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A table in which rows of one epoch, writer and schema wait, while it is being filled. Not thread safe. */
final class StagingPart {
    private final Schema schema;
    private final StagingLayout layout;
    private final String table;
    private final RowAdmission admission;
    private final EncodedBatch encoded;
    private final BatchCopy copy;
    private final Optional<RowGuard> guard;
    private long number;
    private long rows;
    private long deletes;
    private long partials;
    private long bytes;

    private StagingPart(Connection connection, Schema schema, StagingLayout layout, TableName table) {
        this.schema = schema;
        this.layout = layout;
        this.table = table.name();
        this.admission = new RowAdmission(layout.mode(), layout.columns());
        this.encoded = new EncodedBatch(layout);
        this.copy = new BatchCopy(connection, table, layout.target().name());
        this.guard = layout.isGuarded() ? Optional.of(new RowGuard(connection, layout, table)) : Optional.empty();
    }

    /** Makes the table, in the transaction that is under way. */
    static StagingPart create(Connection connection, Schema schema, StagingLayout layout, TableName table)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : layout.statements(table.schema(), table.name())) {
                statement.execute(sql);
            }
        }
        return new StagingPart(connection, schema, layout, table);
    }

    /** Whether rows of {@code batch} belong here. */
    boolean fits(RecordBatch batch) {
        return schema.equals(batch.schema());
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    StagingHandle.Part handle() {
        return new StagingHandle.Part(table, rows, deletes, partials);
    }

    /** Adds the rows of {@code batch} that are not rejected. */
    void write(RecordBatch batch, Rejections rejections) throws SQLException {
        admission.check(batch, rejections);
        Column[] columns = new Column[layout.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            SinkColumn column = layout.columns().get(i);
            columns[i] = column.conversion().convert(batch.column(column.input()), rejections);
        }
        encoded.encode(batch, columns, number, rejections);
        copy.send(encoded, rejections);
        if (guard.isPresent()) {
            guard.get().check(number, rejections);
        }
        EncodedBatch.Kinds kinds = encoded.kinds(batch, rejections);
        deletes += kinds.deletes();
        partials += kinds.partials();
        number += batch.rowCount();
        rows += rejections.accepted();
        bytes += encoded.bytes();
    }
}
