package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Truncates;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.data.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rows of the table that a reader reads; made anew when the table looks different. Not thread safe. */
final class ChangedRows implements ChangeDecoder.Tables {
    private final ChangeSettings settings;
    private final Connections connections;
    private final @Nullable SnapshotFeed feed;
    private final boolean binary;
    private ChangeRows rows;
    private KeyForm form;

    ChangedRows(ChangeSettings settings, Connections connections, ChangeRows first, @Nullable SnapshotFeed feed) {
        this.settings = settings;
        this.connections = connections;
        this.rows = first;
        this.feed = feed;
        this.binary = first.table().hasBinary();
        this.form = new KeyForm(first.table());
    }

    ChangeRows first() {
        return rows;
    }

    Truncates truncates() {
        return settings.truncates();
    }

    /** The rows of the table that were there before; null if they are not wanted, or were given. */
    @Nullable SnapshotFeed feed() {
        return feed;
    }

    @Override
    public @Nullable ChangeRows changed(Relation relation) {
        if (!relation.name().equals(rows.table().name())) {
            return null;
        }
        if (!rows.table().looksLike(relation)) {
            rows = new ChangeRows(settings.slot(), described(relation), settings.metadata());
            form = new KeyForm(rows.table());
        }
        return rows;
    }

    private ChangedTable described(Relation relation) {
        try (Connection connection = connections.open()) {
            ChangedTable described = new TableCatalog(connection).describe(relation, settings.metadata());
            boolean isNow = new ChangeServer(connection, settings).table().looksLike(relation);
            boolean isReadable = described.hasBinary() || !binary;
            boolean isRead = feed == null || feed.isFinished() || feed.table().looksLike(relation);
            if (isNow && !(isReadable && isRead)) {
                throw new RetryableException(
                        "Cannot go on reading table '" + relation.name() + "' as before: its columns have changed; it"
                                + " is read with its new ones from here on",
                        Duration.ZERO);
            }
            return described;
        } catch (SQLException e) {
            throw Failures.during("Cannot read the columns of table '" + relation.name() + "'", e);
        }
    }

    @Override
    public void began(ChangeTransaction transaction) {
        if (feed != null && !feed.isFinished()) {
            feed.began(transaction.id());
        }
    }

    @Override
    public void changed(Operation operation, ReplicationTuple row) {
        if (feed != null && !feed.isFinished()) {
            feed.changed(operation, row, form);
        }
    }

    @Override
    public void truncated() {
        if (feed != null && !feed.isFinished()) {
            feed.truncated();
        }
    }

    @Override
    public void message(String prefix, String content) {
        if (feed != null && !feed.isFinished()) {
            feed.message(prefix, content);
        }
    }
}
