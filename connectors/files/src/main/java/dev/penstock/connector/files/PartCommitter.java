package dev.penstock.connector.files;

import dev.penstock.connector.files.MergeLog.Merge;
import dev.penstock.spi.Prepared;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes part files visible by renaming them into the directory. Of the files of several epochs that are committed at
 * once it makes as few parts as {@code roll-size} allows.
 */
final class PartCommitter extends StagedCommitter {
    private final Target target;
    private final MergeLog mergeLog;

    PartCommitter(Target target, String sinkId, Fence fence) {
        super(target, sinkId, fence);
        this.target = target;
        this.mergeLog = new MergeLog(staging, fence);
    }

    @Override
    void settle() throws IOException {
        mergeLog.settle();
    }

    /**
     * All of it is staged: to be committed. A part of it is: the commit was begun, and goes on. Nothing is: it was
     * committed if its parts are there or the log says that the commit was begun.
     */
    @Override
    Outcome look(Prepared handle) throws IOException {
        int staged = 0;
        boolean gone = false;
        for (StagedFile file : StagedFile.decode(handle.handle())) {
            boolean here = Files.exists(staging.resolve(file.name()));
            staged += here ? 1 : 0;
            gone |= !here && !Files.exists(target.directory().resolve(file.partName()));
        }
        if (gone && !log.covers(handle.epoch())) {
            return Outcome.LOST;
        }
        return staged > 0 ? Outcome.COMMITTED : Outcome.ALREADY_COMMITTED;
    }

    @Override
    void publish(List<Prepared> handles) throws IOException {
        log.begin(handles.stream().map(Prepared::epoch).toList());
        List<Merge> merges = merges(handles);
        List<Merge> several =
                merges.stream().filter(merge -> !merge.others().isEmpty()).toList();
        if (!several.isEmpty()) {
            mergeLog.begin(several);
            for (Merge merge : several) {
                join(merge);
            }
        }
        for (Merge merge : merges) {
            Files.move(
                    staging.resolve(merge.first().name()),
                    target.directory().resolve(merge.first().partName()),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        Durable.directory(target.directory());
        if (!several.isEmpty()) {
            mergeLog.settle();
        }
    }

    private List<Merge> merges(List<Prepared> handles) throws IOException {
        List<Merge> merges = new ArrayList<>();
        List<StagedFile> open = new ArrayList<>();
        for (Prepared handle : handles) {
            for (StagedFile file : StagedFile.decode(handle.handle())) {
                if (!Files.exists(staging.resolve(file.name()))) {
                    continue;
                }
                if (!open.isEmpty() && !fits(open, file)) {
                    merges.add(new Merge(List.copyOf(open)));
                    open.clear();
                }
                open.add(file);
            }
        }
        if (!open.isEmpty()) {
            merges.add(new Merge(List.copyOf(open)));
        }
        return merges;
    }

    private boolean fits(List<StagedFile> open, StagedFile file) throws IOException {
        SinkSettings settings = target.settings();
        if (target.isFilePerRecord() || settings.rollRows().isPresent()) {
            return false;
        }
        long bytes = open.stream().mapToLong(StagedFile::bytes).sum() + file.bytes();
        StagedFile first = open.get(0);
        return bytes <= settings.rollBytes()
                && first.headerBytes() == file.headerBytes()
                && StagedPieces.isSameHeader(staging, first, staging.resolve(file.name()));
    }

    private void join(Merge merge) throws IOException {
        Path first = staging.resolve(merge.first().name());
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
            long at = merge.first().bytes();
            for (StagedFile other : merge.others()) {
                at = StagedPieces.copy(staging, other, channel, at);
            }
            channel.force(false);
        }
    }
}
