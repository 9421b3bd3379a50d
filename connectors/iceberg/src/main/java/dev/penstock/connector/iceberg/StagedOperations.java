package dev.penstock.connector.iceberg;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** The operations of a table over metadata that nobody else sees yet. */
final class StagedOperations implements TableOperations {
    private final TableOperations committed;
    private TableMetadata current;

    StagedOperations(TableOperations committed) {
        this.committed = committed;
        this.current = committed.current();
    }

    /** From now on {@code metadata} is what the table is. */
    void begin(TableMetadata metadata) {
        current = metadata;
    }

    @Override
    public TableMetadata current() {
        return current;
    }

    @Override
    public TableMetadata refresh() {
        return current;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        throw new UnsupportedOperationException("Cannot commit metadata that is only staged: commit to the table");
    }

    @Override
    public FileIO io() {
        return committed.io();
    }

    @Override
    public EncryptionManager encryption() {
        return committed.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return committed.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return committed.locationProvider();
    }

    @Override
    public long newSnapshotId() {
        return committed.newSnapshotId();
    }
}
