package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.connector.iceberg.parquet.DataFileWriters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;

/** Begins the files of one epoch of a writer, and knows where all of them are. */
final class EpochFiles {
    private final HandleId id;
    private final Intents intents;
    private final TargetTable target;
    private final FileIO io;
    private final DataFileWriters writers;
    private final List<String> locations = new ArrayList<>();

    /** No file yet; notes beside the table that there will be some. */
    EpochFiles(HandleId id, SinkName sink, TargetTable target, Function<FileIO, DataFileWriters> writers) {
        this.id = id;
        this.intents = new Intents(target.table(), sink);
        this.target = target;
        this.io = target.table().io();
        this.writers = writers.apply(io);
        intents.begin(id);
    }

    HandleId id() {
        return id;
    }

    DataFileWriter open(DataFileTarget file) {
        Table table = target.table();
        String name = intents.filePrefix(id) + String.format(Locale.ROOT, "%05d.parquet", locations.size());
        String location = file.partition() == null
                ? table.locationProvider().newDataLocation(name)
                : table.locationProvider().newDataLocation(file.spec(), file.partition(), name);
        locations.add(location);
        return writers.open(io.newOutputFile(location), file);
    }

    /** Removes all of them, none of which is open any more. */
    void remove() {
        locations.forEach(io::deleteFile);
        intents.end(id);
    }
}
