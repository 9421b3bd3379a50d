package dev.penstock.connector.files;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes part files visible by renaming them into the directory. */
final class PartCommitter implements SinkCommitter {
    private final Target target;
    private final Path staging;
    private final Fence fence;
    private final CommitLog log;

    PartCommitter(Target target, String sinkId, Fence fence) {
        this.target = target;
        this.staging = target.staging(sinkId);
        this.fence = fence;
        this.log = new CommitLog(staging);
    }

    @Override
    public void claim() {
        try {
            Files.createDirectories(staging);
            fence.claim();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        try {
            fence.check();
            List<Prepared> ready = new ArrayList<>();
            for (Prepared handle : handles) {
                Outcome found = look(handle);
                outcomes.put(handle, found);
                if (found == Outcome.COMMITTED) {
                    ready.add(handle);
                }
            }
            if (!ready.isEmpty()) {
                log.begin(ready.stream().map(Prepared::epoch).toList());
                for (Prepared handle : ready) {
                    publish(handle);
                }
                Durable.directory(target.directory());
            }
            return outcomes;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** COMMITTED if some of it is there to be committed now. */
    private Outcome look(Prepared handle) throws IOException {
        boolean staged = false;
        boolean gone = false;
        for (StagedFile file : StagedFile.decode(handle.handle())) {
            boolean here = Files.exists(staging.resolve(file.name()));
            staged |= here;
            gone |= !here && !Files.exists(target.directory().resolve(file.partName()));
        }
        if (gone && !log.covers(handle.epoch())) {
            return Outcome.LOST;
        }
        return staged ? Outcome.COMMITTED : Outcome.ALREADY_COMMITTED;
    }

    private void publish(Prepared handle) throws IOException {
        for (StagedFile file : StagedFile.decode(handle.handle())) {
            Path from = staging.resolve(file.name());
            if (Files.exists(from)) {
                Files.move(from, target.directory().resolve(file.partName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @Override
    public void abort(List<Prepared> handles) {
        for (Prepared handle : handles) {
            for (StagedFile file : StagedFile.decode(handle.handle())) {
                try {
                    Files.deleteIfExists(staging.resolve(file.name()));
                } catch (IOException e) {
                    throw failure(e);
                }
            }
        }
    }

    private ConnectorException failure(IOException cause) {
        return FileFailure.of("commit to", target.directory(), SinkSettings.PATH.name(), cause);
    }

    @Override
    public void close() {}
}
