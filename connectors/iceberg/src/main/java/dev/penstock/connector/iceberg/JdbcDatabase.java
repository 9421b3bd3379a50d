package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** The database of a catalog, asked without making anything there. */
record JdbcDatabase(String uri, Optional<String> user, Optional<String> password) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String TABLE = "iceberg_tables";

    static {
        // Drivers are found by themselves only in the class path, where an isolated connector's are not.
        for (String driver : new String[] {"org.sqlite.JDBC", "org.postgresql.Driver"}) {
            try {
                Class.forName(driver);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("Cannot find driver " + driver + ", which comes with the connector", e);
            }
        }
    }

    /** Makes sure that drivers are known to {@link DriverManager}. */
    static void loadDrivers() {
        // Done when the class is loaded.
    }

    /** Whether Iceberg's tables are in it. */
    boolean holdsCatalog() {
        if (file().filter(file -> !Files.exists(file)).isPresent()) {
            return false;
        }
        checkDriver();
        try (Connection connection = DriverManager.getConnection(uri, properties())) {
            for (String name : new String[] {TABLE, "ICEBERG_TABLES"}) {
                try (ResultSet tables = connection.getMetaData().getTables(null, null, name, null)) {
                    if (tables.next()) {
                        return true;
                    }
                }
            }
            return false;
        } catch (SQLException e) {
            throw new UncheckedSQLException(e, "Cannot reach the catalog at '%s'", uri);
        }
    }

    private void checkDriver() {
        try {
            DriverManager.getDriver(uri);
        } catch (SQLException e) {
            throw new ConfigException(
                    TableSettings.URI.name(),
                    Problem.Code.INVALID,
                    "there is no driver for such a database",
                    "begin it with jdbc:sqlite: or jdbc:postgresql:");
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        return properties;
    }

    /** The file of a SQLite database; empty if it is in memory, or another kind of database. */
    private Optional<Path> file() {
        if (!uri.startsWith(SQLITE)) {
            return Optional.empty();
        }
        String path = uri.substring(SQLITE.length()).replaceFirst("\\?.*", "");
        return path.isEmpty() || path.startsWith(":") ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** Makes the directory of a SQLite database, which it does not make itself. */
    void makeDirectory() {
        file().map(Path::toAbsolutePath).map(Path::getParent).ifPresent(directory -> {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make '" + directory + "'", e);
            }
        });
    }
}
