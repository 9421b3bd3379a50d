package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads one part of a table by COPY in its binary format. Not thread safe; made for one part. */
final class SnapshotCopy {
    /** Signature, flags and the length of an extension that there is not. */
    private static final int HEADER_BYTES = 19;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int NULL = -1;

    private final String partition;
    private final SnapshotQuery query;
    private final boolean binary;
    private final BatchBuilder rows;
    private final ValueColumns values;
    private final int[] keyColumns;
    private final SnapshotChunk.Keys keys = new SnapshotChunk.Keys();
    private final SnapshotChunk.Keys texts;
    private final List<Bad> bad = new ArrayList<>(0);
    private final int[] starts;
    private final int[] lengths;

    SnapshotCopy(String partition, SnapshotQuery query, int expectedRows) {
        this.partition = partition;
        this.query = query;
        this.binary = query.table().hasBinary();
        this.rows = new BatchBuilder(query.table().schema(), expectedRows);
        this.values = new ValueColumns(query.table(), rows);
        this.keyColumns = query.key().columns();
        int width = query.table().width() + (query.key().knowsText() ? 0 : keyColumns.length);
        this.texts = query.key().knowsText() ? keys : new SnapshotChunk.Keys();
        this.starts = new int[width];
        this.lengths = new int[width];
    }

    /** Reads what {@code sql} copies. */
    void read(Connection connection, String sql) throws SQLException {
        CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
        try {
            byte[] message = copy.readFromCopy();
            for (int at = HEADER_BYTES; message != null; at = 0) {
                row(message, at);
                message = copy.readFromCopy();
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void row(byte[] message, int from) {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (message.length - from < Short.BYTES || in.getShort(from) < 0) {
            return;
        }
        int at = from + Short.BYTES;
        for (int column = 0; column < starts.length; column++) {
            lengths[column] = in.getInt(at);
            starts[column] = at + LENGTH_BYTES;
            at = starts[column] + Math.max(0, lengths[column]);
        }
        try {
            append(message);
        } catch (ValueException e) {
            rows.cancelRow();
            addBad(message, from, e);
        }
    }

    private void append(byte[] message) {
        int width = query.table().width();
        for (int column = 0; column < width; column++) {
            if (lengths[column] == NULL) {
                values.appendNull(column);
            } else if (binary) {
                values.appendBinary(column, message, starts[column], lengths[column]);
            } else {
                values.appendText(column, message, starts[column], lengths[column]);
            }
        }
        for (int column = width; column < query.table().schema().size(); column++) {
            rows.column(column).appendNull();
        }
        rows.endRow(Operation.READ);
        for (int column : keyColumns) {
            keys.add(message, starts[column] - LENGTH_BYTES, LENGTH_BYTES + lengths[column]);
        }
        keys.endKey();
        if (texts != keys) {
            for (int column = width; column < starts.length; column++) {
                texts.add(message, starts[column] - LENGTH_BYTES, LENGTH_BYTES + lengths[column]);
            }
            texts.endKey();
        }
    }

    private void addBad(byte[] message, int from, ValueException cause) {
        int kept = Math.min(message.length - from, BadRow.MAX_BYTES);
        String position = "snapshot of table '" + query.table().name() + "'";
        bad.add(new Bad(
                rows.rowCount(),
                new BadRow(
                        partition,
                        position,
                        Bytes.copyOf(Arrays.copyOfRange(message, from, from + kept)),
                        String.valueOf(cause.getMessage()))));
    }

    /** What was read; nothing is left afterwards. */
    SnapshotChunk build(SnapshotRange range, int[] running) {
        return new SnapshotChunk(rows.build(), keys, texts, bad, range.last(), running);
    }
}
