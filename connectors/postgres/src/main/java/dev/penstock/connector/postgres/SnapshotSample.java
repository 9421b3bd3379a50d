package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys at about even distances in a table, told from the rows of some of its pages: where its parts end. Rows that come
 * and go since make parts larger or smaller, and nothing wrong.
 *
 * @param keys in their order, each as the texts of its columns
 * @param rowsApart about how many rows lie between two of them
 */
record SnapshotSample(List<List<String>> keys, long rowsApart) {
    /** So much of a table is looked at in any case; a smaller one is looked at whole. */
    private static final long LEAST_BYTES = 8L << 20;

    /** Parts of a very large table are less even: more would take the server long, and room to sort it. */
    private static final long MOST_BYTES = 256L << 20;

    /** What is kept of the keys of a very large table. */
    private static final long MOST_KEYS = 50_000;

    /** The share of the table that is looked at: four pages of a part of 2 MiB. */
    private static final long SHARE = 64;

    SnapshotSample {
        keys = List.copyOf(keys);
    }

    /** Keys behind {@code after} that cut the table into parts of {@code bytes}, and of at most {@code rows} rows. */
    static SnapshotSample take(Connection connection, SnapshotQuery query, List<String> after, Limit part)
            throws SQLException {
        long size = size(connection, query);
        double looked = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, size / SHARE));
        double share = Math.min(1, looked / (size + 1));
        SnapshotQuery.Sample wanted =
                new SnapshotQuery.Sample(share, Math.round(part.rows() * share), size / part.bytes() + 1, MOST_KEYS);
        List<List<String>> keys = new ArrayList<>();
        long step = 1;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query.sample(after, wanted))) {
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> key = new ArrayList<>(width - 1);
                for (int column = 1; column < width; column++) {
                    key.add(row.getString(column));
                }
                keys.add(key);
                step = row.getLong(width);
            }
        }
        return new SnapshotSample(keys, Math.round(step / share));
    }

    /** What the rows of the table take, without what is kept apart of large values. */
    private static long size(Connection connection, SnapshotQuery query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query.size())) {
            row.next();
            return row.getLong(1);
        }
    }
}
