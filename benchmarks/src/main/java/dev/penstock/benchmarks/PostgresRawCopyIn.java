package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Copies one block of rows that is made before into a table again and again, in one transaction. */
final class PostgresRawCopyIn {
    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1);
    private static final byte[] END = {-1, -1};
    private static final int BLOCK_ROWS = 1024;
    private static final int COLUMNS = 5;

    private PostgresRawCopyIn() {}

    /** Arguments: the server, the rows to warm up with, the rows. */
    public static void main(String[] arguments) throws SQLException {
        String url = arguments[0];
        PostgresTarget target = PostgresTarget.of(false);
        target.create(url, 0);
        copy(url, target, Long.parseLong(arguments[1]));
        long rows = Long.parseLong(arguments[2]);
        target.create(url, 0);
        Measured measured = Measured.start();
        copy(url, target, rows);
        measured.print(rows);
        target.verify(url, rows);
    }

    private static void copy(String url, PostgresTarget target, long rows) throws SQLException {
        byte[] block = block(BLOCK_ROWS);
        byte[] rest = block((int) (rows % BLOCK_ROWS));
        try (Connection connection = PostgresData.connect(url)) {
            CopyIn copy = new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn("COPY " + target.table() + " FROM STDIN (FORMAT binary)");
            copy.writeToCopy(HEADER, 0, HEADER.length);
            for (long left = rows; left >= BLOCK_ROWS; left -= BLOCK_ROWS) {
                copy.writeToCopy(block, 0, block.length);
            }
            copy.writeToCopy(rest, 0, rest.length);
            copy.writeToCopy(END, 0, END.length);
            copy.endCopy();
        }
    }

    /** Rows with values as large as those of {@code generate}. */
    private static byte[] block(int rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (int row = 0; row < rows; row++) {
                byte[] name = "name%04d".formatted(row % 4096).getBytes(UTF_8);
                out.writeShort(COLUMNS);
                out.writeInt(Long.BYTES);
                out.writeLong(row);
                out.writeInt(name.length);
                out.write(name);
                out.writeInt(Double.BYTES);
                out.writeDouble(EngineBenchmark.value(row));
                out.writeInt(1);
                out.writeByte(row & 1);
                out.writeInt(Long.BYTES);
                out.writeLong(row * 1_000L);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
