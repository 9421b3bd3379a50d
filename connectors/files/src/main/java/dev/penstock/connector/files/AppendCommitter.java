package dev.penstock.connector.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.penstock.connector.files.AppendLog.Place;
import dev.penstock.format.records.Compression;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Prepared;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Appends the staged files of each epoch to one file that grows.
 *
 * <p>Where each goes is written down first, so that doing it again, after a crash in the middle or by a process that
 * was fenced off and has not noticed, writes the same bytes to the same place and changes nothing.
 */
final class AppendCommitter extends StagedCommitter {
    private final Path directory;
    private final Path file;
    private final Compression compression;
    private final AppendLog appends;

    AppendCommitter(Target target, Path file, String sinkId, Fence fence) {
        super(target, sinkId, fence);
        this.directory = target.directory();
        this.file = file;
        this.compression = target.compression();
        this.appends = new AppendLog(staging, log);
    }

    @Override
    void settle() throws IOException {
        appends.read();
    }

    /** The log is written behind the append, and the staged files go last. */
    @Override
    Outcome look(Prepared handle) throws IOException {
        if (log.covers(handle.epoch())) {
            delete(handle);
            return Outcome.ALREADY_COMMITTED;
        }
        for (StagedFile staged : StagedFile.decode(handle.handle())) {
            if (!Files.exists(staging.resolve(staged.name()))) {
                return Outcome.LOST;
            }
        }
        return Outcome.COMMITTED;
    }

    @Override
    void publish(List<Prepared> handles) throws IOException {
        boolean fresh = Files.notExists(file);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, READ)) {
            endLastLine(channel);
            Map<Prepared, Place> places = places(handles, channel.size());
            // Looked at after the size: rows of a newer incarnation may be in it, which this one would repeat behind
            // them.
            fence.check();
            appends.begin(places);
            for (Prepared handle : handles) {
                long at = appends.place(handle).orElseThrow().start();
                for (StagedFile staged : StagedFile.decode(handle.handle())) {
                    checkHeader(staged, at);
                    at = StagedPieces.copy(staging, staged, channel, at);
                }
            }
            channel.force(false);
        }
        if (fresh) {
            Durable.directory(directory);
        }
        log.begin(handles.stream().map(Prepared::epoch).toList());
        Durable.directory(staging);
        handles.forEach(this::delete);
    }

    /** Rows that somebody else wrote may lack the last line feed, and the next row would become part of theirs. */
    private void endLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size == 0 || compression != Compression.NONE || appends.isTorn(size)) {
            return;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        if (channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
    }

    /** Those that have a place keep it, unless the file was taken away since; the others come behind. */
    private Map<Prepared, Place> places(List<Prepared> handles, long size) {
        Map<Prepared, Place> places = new LinkedHashMap<>();
        long end = size;
        for (Prepared handle : handles) {
            Optional<Place> noted = appends.place(handle).filter(place -> place.start() <= size);
            if (noted.isPresent()) {
                Place place = place(handle, noted.get().start());
                places.put(handle, place);
                end = Math.max(end, place.end());
            }
        }
        for (Prepared handle : handles) {
            if (!places.containsKey(handle)) {
                Place place = place(handle, end);
                places.put(handle, place);
                end = place.end();
            }
        }
        return places;
    }

    private static Place place(Prepared handle, long at) {
        return new Place(at, at + length(handle, at));
    }

    private static long length(Prepared handle, long at) {
        long end = at;
        for (StagedFile staged : StagedFile.decode(handle.handle())) {
            end += StagedPieces.length(staged, end);
        }
        return end - at;
    }

    private void checkHeader(StagedFile staged, long at) throws IOException {
        if (at > 0 && !StagedPieces.isSameHeader(staging, staged, file)) {
            throw new DataException(
                    "Cannot append to '" + file
                            + "': its header line names other columns than the new rows have; give another path, or a directory");
        }
    }
}
