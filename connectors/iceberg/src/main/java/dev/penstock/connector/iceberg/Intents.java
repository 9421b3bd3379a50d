package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.store.TableFiles;
import dev.penstock.spi.WriterSlot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Notes beside a table, one for each writer and epoch that has files there which no commit has made part of it. A note
 * is written before the first of the files and removed after the commit; so whoever starts after a crash finds whose
 * files were left over by listing notes, not by listing all that the table holds.
 *
 * <p>The files are named after the note too, and only files so named are ever removed.
 */
final class Intents {
    private static final String DIRECTORY = "_penstock";
    /** What a table puts before the names of files whose directories are not those of partitions. */
    private static final String HASH = "(?:[01]{8}-)?";

    private final FileIO io;
    private final SinkName sink;
    private final String notes;
    private final String data;

    Intents(Table table, SinkName sink) {
        this(table.io(), table.location(), table.properties(), sink);
    }

    private Intents(FileIO io, String location, Map<String, String> properties, SinkName sink) {
        this.io = io;
        this.sink = sink;
        this.notes = location + "/" + DIRECTORY + "/" + sink.safe() + "/";
        this.data = data(location, properties);
    }

    private static String data(String location, Map<String, String> properties) {
        return properties.getOrDefault(TableProperties.WRITE_DATA_LOCATION, location + "/data") + "/";
    }

    /** What the name of every file of {@code id} begins with, but for the hash that a table may put before. */
    String filePrefix(HandleId id) {
        return sink.safe() + "-" + id.name() + "-";
    }

    /** Notes that files of {@code id} are about to be written. */
    void begin(HandleId id) {
        String note = "Files whose names begin with '" + filePrefix(id) + "' belong to " + id + " of sink '" + sink.id()
                + "', which is not committed.\n";
        try (OutputStream out = io.newOutputFile(notes + id.name()).createOrOverwrite()) {
            out.write(note.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note that " + id + " begins", e);
        }
    }

    /** The files of {@code id} are part of the table, or gone. */
    void end(HandleId id) {
        io.deleteFile(notes + id.name());
    }

    /** All that have begun and not ended, of any writer of the sink. */
    List<HandleId> open() {
        List<HandleId> ids = new ArrayList<>();
        for (FileInfo file : list(notes)) {
            HandleId.ofName(nameOf(file)).ifPresent(ids::add);
        }
        return ids;
    }

    /**
     * A note.
     *
     * @param sink the safe name of the sink it is of
     * @param work the name of the work in it
     */
    record Note(String sink, String work, FileInfo file) {
        /** What the names of its files begin with, but for the hash that a table may put before. */
        String filePrefix() {
            return sink + "-" + work + "-";
        }
    }

    /** All notes beside {@code table}, of all sinks of all pipelines. */
    static List<Note> notes(Table table) {
        List<Note> notes = new ArrayList<>();
        Pattern path = Pattern.compile(".*/" + DIRECTORY + "/([^/]+)/([^/]+)");
        for (FileInfo file : list(table.io(), table.location() + "/" + DIRECTORY + "/")) {
            Matcher matcher = path.matcher(file.location());
            if (matcher.matches()) {
                notes.add(new Note(matcher.group(1), matcher.group(2), file));
            }
        }
        return notes;
    }

    /** Gives up files of {@code notes} that were begun and never closed; no listing of files shows them. */
    static void discardUnfinished(Table table, List<Note> notes) {
        if (!notes.isEmpty() && table.io() instanceof TableFiles files) {
            files.discardUnfinished(
                    data(table.location(), table.properties()),
                    name -> notes.stream().anyMatch(note -> name.contains(note.filePrefix())));
        }
    }

    private Iterable<FileInfo> list(String prefix) {
        return list(io, prefix);
    }

    static Iterable<FileInfo> list(FileIO io, String prefix) {
        if (io instanceof SupportsPrefixOperations listing) {
            return listing.listPrefix(prefix);
        }
        throw new IllegalStateException("Cannot list '" + prefix + "': " + io.getClass() + " cannot list files");
    }

    private static String nameOf(FileInfo file) {
        return file.location().substring(file.location().lastIndexOf('/') + 1);
    }

    /** Removes what earlier incarnations left over that is the writer's to remove (ST-07). */
    void deleteStrays(WriterSlot slot) {
        List<HandleId> strays = open().stream()
                .filter(id -> slot.ownsStray(id.writer(), id.epoch()))
                .toList();
        if (!strays.isEmpty()) {
            delete(strays);
        }
    }

    /** Removes all files of {@code ids}, then their notes. */
    void delete(List<HandleId> ids) {
        List<Pattern> names = ids.stream()
                .map(id -> Pattern.compile(HASH + Pattern.quote(filePrefix(id)) + "\\d+\\.[a-z]+"))
                .toList();
        for (FileInfo file : list(data)) {
            String name = nameOf(file);
            if (isOne(name, names)) {
                io.deleteFile(file.location());
            }
        }
        if (io instanceof TableFiles files) {
            files.discardUnfinished(data, name -> isOne(name, names));
        }
        ids.forEach(this::end);
    }

    private static boolean isOne(String name, List<Pattern> names) {
        return names.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
