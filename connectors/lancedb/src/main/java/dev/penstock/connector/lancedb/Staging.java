package dev.penstock.connector.lancedb;

import dev.penstock.spi.WriterSlot;
import java.util.List;

/**
 * Where the work of a sink lies until it is committed: a directory beside the table for each epoch and writer. Lance
 * knows nothing of it, so that no clean-up of the table can take it away, and throwing it away is deleting a directory.
 */
final class Staging {
    private static final String DATA = "/data/";
    private static final String SEALED = "/sealed";
    private static final String ATTEMPTED = "/attempted";
    private static final byte[] MARK = {'1', '\n'};

    private final TableLocation location;
    private final SinkName sink;
    private final TableFiles files;

    Staging(TableLocation location, SinkName sink, TableFiles files) {
        this.location = location;
        this.sink = sink;
        this.files = files;
    }

    private String root() {
        return location.stagingUri() + "/" + sink.safe();
    }

    /** What Lance is given as the dataset to write the files of a handle for. */
    String directory(HandleId id) {
        return root() + "/" + id.directory();
    }

    /** Where a data file of a handle lies before it is committed. */
    String staged(HandleId id, String file) {
        return directory(id) + DATA + file;
    }

    /** Where a data file lies when it belongs to the table. */
    String published(String file) {
        return location.tableUri() + DATA + file;
    }

    /** Makes the work of a handle safe from crashes; {@code keys} may be empty. */
    void seal(HandleId id, boolean hasFiles) {
        if (hasFiles) {
            files.makeDurable(directory(id) + DATA);
        }
        files.write(directory(id) + SEALED, MARK);
    }

    boolean isSealed(HandleId id) {
        return files.exists(directory(id) + SEALED);
    }

    /** Notes that from now on the handle may be committed: only the table can tell whether it is. */
    void attempt(HandleId id) {
        if (!isAttempted(id)) {
            files.write(directory(id) + ATTEMPTED, MARK);
        }
    }

    boolean isAttempted(HandleId id) {
        return files.exists(directory(id) + ATTEMPTED);
    }

    void writeKeys(HandleId id, String name, byte[] content) {
        files.write(directory(id) + "/" + name, content);
    }

    java.util.Optional<byte[]> readKeys(HandleId id, String name) {
        return files.read(directory(id) + "/" + name);
    }

    /** Where a data file is now, if anywhere. */
    java.util.Optional<String> find(HandleId id, String file) {
        return java.util.stream.Stream.of(staged(id, file), published(file))
                .filter(files::exists)
                .findFirst();
    }

    /** Puts a data file among those of the table, where it stays unseen until a commit names it. */
    void publish(HandleId id, String file) {
        if (files.exists(staged(id, file))) {
            files.move(staged(id, file), published(file));
        }
    }

    void makePublishedDurable() {
        files.makeDurable(location.tableUri() + DATA);
    }

    /** Whether nobody can have committed the handle, because nobody has tried. */
    boolean isUntouched(HandleId id) {
        // In this order: see delete.
        return !isAttempted(id) && isSealed(id);
    }

    /** Throws a handle away; while half of it is gone it must not look as if nobody had tried to commit it. */
    void delete(HandleId id) {
        files.delete(directory(id) + SEALED);
        files.delete(directory(id));
    }

    /** Throws away what earlier incarnations began and never made durable (ST-07). */
    void deleteStrays(WriterSlot slot) {
        for (HandleId id : handles()) {
            if (slot.ownsStray(id.writer(), id.epoch())) {
                delete(id);
            }
        }
    }

    /** Throws away everything of this sink that is not committed. */
    void deleteAll() {
        files.delete(root());
    }

    /** Everything of this sink that is not committed. */
    List<HandleId> handles() {
        return files.list(root()).stream()
                .flatMap(name -> HandleId.ofDirectory(name).stream())
                .toList();
    }
}
