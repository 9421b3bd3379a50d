package dev.penstock.connector.lancedb;

import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Rows that Lance gives batch by batch; frees their memory and what gives them when closed. */
final class ArrowRows implements AutoCloseable {
    private final String what;
    private final AutoCloseable owner;
    private final ArrowReader reader;

    private ArrowRows(String what, AutoCloseable owner, ArrowReader reader) {
        this.what = what;
        this.owner = owner;
        this.reader = reader;
    }

    /** Makes a reader of something that is closed with it, or at once if that fails. */
    static <T extends AutoCloseable> ArrowRows of(String what, T owner, Opening<T> opening) {
        try {
            return new ArrowRows(what, owner, opening.open(owner));
        } catch (Exception e) {
            close(owner);
            throw LanceErrors.wrap(what, e);
        }
    }

    /** The rows of a scan. */
    static ArrowRows scan(Dataset dataset, ScanOptions options) {
        String what = "read table '" + dataset.uri() + "'";
        try {
            return of(what, dataset.newScan(options), LanceScanner::scanBatches);
        } catch (Exception e) {
            throw LanceErrors.wrap(what, e);
        }
    }

    /** Loads the next batch into {@link #root}; false at the end. */
    boolean next() {
        try {
            return reader.loadNextBatch();
        } catch (Exception e) {
            throw LanceErrors.wrap(what, e);
        }
    }

    VectorSchemaRoot root() {
        try {
            return reader.getVectorSchemaRoot();
        } catch (IOException e) {
            throw LanceErrors.wrap(what, e);
        }
    }

    @Override
    public void close() {
        try {
            close(reader);
        } finally {
            close(owner);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw LanceErrors.wrap("close what Lance opened", e);
        }
    }

    /** Opens a reader. */
    @FunctionalInterface
    interface Opening<T> {
        ArrowReader open(T owner) throws IOException;
    }
}
