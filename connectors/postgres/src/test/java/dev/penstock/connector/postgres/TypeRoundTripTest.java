package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Every value of every type comes through a real server: read as binary and as text, and written again. */
@ExtendWith(Server.Shared.class)
class TypeRoundTripTest {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final Server.Servers servers;

    TypeRoundTripTest(Server.Servers servers) {
        this.servers = servers;
    }

    record Case(Release release, TypeSamples sample) {
        @Override
        public String toString() {
            return release + " " + sample.type();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(Release.values())
                .flatMap(release -> TypeSamples.all().stream()
                        .filter(sample -> release.major() >= sample.since())
                        .map(sample -> new Case(release, sample)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyValueComesThroughInBothFormsAndBack(Case one) throws SQLException, IOException {
        Server server = servers.of(one.release());
        server.run(TypeSamples.PREPARATION);
        try (Connection connection = new Connections(Settings.of(server), TestContext.INSTANCE).open();
                Statement statement = connection.createStatement()) {
            fill(statement, one.sample());
            PostgresType type = type(connection, statement);
            Column text = text(statement, type, "original");

            assertThat(type.dataType().text()).isEqualTo(one.sample().dataType());
            assertThat(values(text))
                    .hasSize(one.sample().literals().size() + 1)
                    .last()
                    .isNull();
            if (type.codec().hasBinary()) {
                assertThat(values(binary(connection, type))).isEqualTo(values(text));
                write(connection, type, text);
                assertThat(shown(statement, "copy")).isEqualTo(shown(statement, "original"));
            }
            assertThat(one.sample().binary()).isEqualTo(type.codec().hasBinary());
        }
    }

    private static void fill(Statement statement, TypeSamples sample) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS original, copy");
        statement.execute("CREATE TABLE original (n serial, v " + sample.type() + ")");
        statement.execute("CREATE TABLE copy (v " + sample.type() + ")");
        for (String literal : sample.literals()) {
            statement.execute("INSERT INTO original (v) VALUES (" + literal + ")");
        }
        statement.execute("INSERT INTO original (v) VALUES (NULL)");
    }

    private static PostgresType type(Connection connection, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT atttypid, atttypmod, attndims FROM pg_attribute"
                + " WHERE attrelid = 'original'::regclass AND attname = 'v'")) {
            row.next();
            return new TypeCatalog(connection).resolve((int) row.getLong(1), row.getInt(2), row.getInt(3));
        }
    }

    private static List<@Nullable String> shown(Statement statement, String table) throws SQLException {
        List<@Nullable String> shown = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT CASE WHEN num_nonnulls(v) = 1 THEN format('%s', v) END FROM " + table)) {
            while (rows.next()) {
                shown.add(rows.getString(1));
            }
        }
        return shown;
    }

    private static Column text(Statement statement, PostgresType type, String table) throws SQLException {
        ColumnBuilder into = ColumnBuilder.of(type.dataType(), 4);
        ValueReader reader = type.codec().textReader(into);
        for (String shown : shown(statement, table)) {
            if (shown == null) {
                into.appendNull();
            } else {
                byte[] bytes = ("##" + shown + "#").getBytes(StandardCharsets.UTF_8);
                reader.read(bytes, 2, bytes.length - 3);
            }
        }
        return into.build();
    }

    private static Column binary(Connection connection, PostgresType type) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copies(connection).copyOut("COPY (SELECT v FROM original ORDER BY n) TO STDOUT (FORMAT binary)", out);
        byte[] bytes = out.toByteArray();
        ColumnBuilder into = ColumnBuilder.of(type.dataType(), 4);
        ValueReader reader = type.codec().binaryReader(into);
        int at = SIGNATURE.length;
        while (CopyBuffer.shortAt(bytes, at) == 1) {
            int length = CopyBuffer.intAt(bytes, at + 2);
            at += 6;
            if (length < 0) {
                into.appendNull();
            } else {
                reader.read(bytes, at, length);
                at += length;
            }
        }
        return into.build();
    }

    private static void write(Connection connection, PostgresType type, Column column)
            throws SQLException, IOException {
        CopyBuffer out = new CopyBuffer(16);
        out.putBytes(SIGNATURE, 0, SIGNATURE.length);
        ValueWriter writer = type.codec().writer(column);
        for (int row = 0; row < column.size(); row++) {
            out.putShort(1);
            if (column.isNull(row)) {
                out.putNull();
            } else {
                writer.write(row, out);
            }
        }
        out.putShort(-1);
        copies(connection)
                .copyIn("COPY copy FROM STDIN (FORMAT binary)", new ByteArrayInputStream(out.bytes(), 0, out.size()));
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static List<@Nullable Object> values(Column column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < column.size(); row++) {
            values.add(column.value(row));
        }
        return values;
    }
}
