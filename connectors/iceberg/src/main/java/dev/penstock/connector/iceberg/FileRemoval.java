package dev.penstock.connector.iceberg;

import dev.penstock.spi.Maintenance;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files that nobody needs; those that cannot be removed are counted, and left to a later run. */
final class FileRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(FileRemoval.class);
    private static final int AT_ONCE = 1_000;

    private final FileIO io;
    private final Upkeep upkeep;
    private long failed;

    FileRemoval(FileIO io, Upkeep upkeep) {
        this.io = io;
        this.upkeep = upkeep;
    }

    /** Removes {@code locations}, as far as it goes; gives how many of them are left. */
    long remove(Collection<String> locations) {
        List<String> all = List.copyOf(locations);
        Maintenance.Progress progress = upkeep.progress();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            progress.at("removing files", from, all.size());
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            if (io instanceof SupportsBulkOperations bulk) {
                removeTogether(bulk, some);
            } else {
                some.forEach(this::remove);
            }
        }
        return failed;
    }

    private void removeTogether(SupportsBulkOperations bulk, List<String> locations) {
        try {
            bulk.deleteFiles(locations);
        } catch (BulkDeletionFailureException e) {
            failed += e.numberFailedObjects();
            LOG.warn(
                    "{} of {} files could not be removed: {}", e.numberFailedObjects(), locations.size(), e.toString());
        }
    }

    private void remove(String location) {
        try {
            io.deleteFile(location);
        } catch (RuntimeException e) {
            failed++;
            LOG.warn("File '{}' could not be removed: {}", location, e.toString());
        }
    }
}
