package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The state that {@link KeptCounts} leaves. */
final class ResumeData {
    private ResumeData() {}

    static void make(Path directory, int keys) throws IOException {
        Files.createDirectories(directory);
        new KeptCounts(keys).run(directory, keys);
        try (Connection connection = open(directory);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counts (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
            statement.execute("INSERT INTO counts WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i + 1 < " + keys + ") SELECT cast(printf('key %08d', i) AS BLOB), zeroblob(8) FROM n");
        } catch (SQLException e) {
            throw new IOException("Cannot make the table of the bare driver below '" + directory + "'", e);
        }
    }

    private static Connection open(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory + "-rows.sqlite");
    }

    /** Reads a table with as many counts, a row for each. */
    static void readWithDriver(Path directory, int keys) throws SQLException {
        Map<ByteBuffer, byte[]> state = new HashMap<>();
        try (Connection connection = open(directory);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key, value FROM counts")) {
            while (rows.next()) {
                state.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getBytes(2));
            }
        }
        if (keys != state.size()) {
            throw new IllegalStateException("Expected " + keys + " keys, but found " + state.size());
        }
    }

    /** Deletes a directory and all in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Copies the files of a directory to another, which is emptied before. */
    static void copy(Path from, Path to) throws IOException {
        delete(to);
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
