package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Sends encoded rows to a table inside of a transaction. A row that the server refuses is rejected, those around it are
 * sent again without it.
 */
final class BatchCopy {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int HEADER_LENGTH = 19;
    private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};
    private static final int CHUNK = 1 << 16;
    /** After a row was refused, so that few are sent again if more are. */
    private static final int CAREFUL_ROWS = 64;

    private static final Pattern LINE = Pattern.compile("COPY [^\\n]*?, line (\\d+)(?:, column ([^:\\n]+))?");

    private final Connection connection;
    private final String table;
    private final String shownTarget;
    private final String copy;

    /** For rows of the table {@code table} of {@code schema}, whose errors are shown as those of {@code target}. */
    BatchCopy(Connection connection, TableName table, TableName target) {
        this.connection = connection;
        this.table = table.name();
        this.shownTarget = target.name();
        this.copy = "COPY " + table.sql() + " FROM STDIN (FORMAT binary)";
    }

    /** Sends all rows of {@code batch}. */
    void send(EncodedBatch batch, Rejections rejections) throws SQLException {
        int from = 0;
        int room = batch.count();
        while (from < batch.count()) {
            int to = Math.min(batch.count(), from + room);
            int refused = send(batch, from, to, rejections);
            if (refused < 0) {
                from = to;
                room = (int) Math.min(Integer.MAX_VALUE, room * 2L);
            } else {
                // What came before it was good; the savepoint has taken that away too.
                send(batch, from, refused, rejections);
                from = refused + 1;
                room = CAREFUL_ROWS;
            }
        }
    }

    /** Sends some rows; gives the first that was refused, after which none of them is there, or -1. */
    private int send(EncodedBatch batch, int from, int to, Rejections rejections) throws SQLException {
        if (from == to) {
            return -1;
        }
        execute("SAVEPOINT batch");
        try {
            copy(batch, from, to);
            execute("RELEASE SAVEPOINT batch");
            return -1;
        } catch (PSQLException e) {
            if (!Failures.isData(e)) {
                throw e;
            }
            execute("ROLLBACK TO SAVEPOINT batch");
            int refused = from + line(e, to - from) - 1;
            rejections.add(batch.row(refused), reason(e));
            return refused;
        }
    }

    private void copy(EncodedBatch batch, int from, int to) throws SQLException {
        CopyIn stream = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            stream.writeToCopy(HEADER, 0, HEADER_LENGTH);
            int end = batch.start(to);
            for (int at = batch.start(from); at < end; at += CHUNK) {
                stream.writeToCopy(batch.data(), at, Math.min(CHUNK, end - at));
            }
            stream.writeToCopy(TRAILER, 0, TRAILER.length);
            stream.endCopy();
        } finally {
            if (stream.isActive()) {
                stream.cancelCopy();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number of the row, from 1, that the server was at. */
    private static int line(PSQLException cause, int rows) throws PSQLException {
        Matcher where = where(cause);
        if (!where.find()) {
            if (rows == 1) {
                return 1;
            }
            throw cause;
        }
        return Math.max(1, Math.min(rows, Integer.parseInt(where.group(1))));
    }

    private static Matcher where(PSQLException cause) {
        ServerErrorMessage message = cause.getServerErrorMessage();
        String where = message == null ? null : message.getWhere();
        return LINE.matcher(where == null ? "" : where);
    }

    private String reason(PSQLException cause) {
        ServerErrorMessage message = cause.getServerErrorMessage();
        String text = message == null ? Failures.message(cause) : String.valueOf(message.getMessage());
        Matcher where = where(cause);
        String column = where.find() && where.group(2) != null ? "column '" + where.group(2) + "': " : "";
        return column + text.replace(table, shownTarget);
    }
}
