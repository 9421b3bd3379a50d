package dev.penstock.connector.files;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the two ways to make staged files visible have in common: the fence, and what became of each handle. */
abstract class StagedCommitter implements SinkCommitter {
    final Path staging;
    final CommitLog log;
    final Fence fence;
    private final Target target;

    StagedCommitter(Target target, String sinkId, Fence fence) {
        this.target = target;
        this.fence = fence;
        this.staging = target.staging(sinkId);
        this.log = new CommitLog(staging);
    }

    /** Brings what a crash left half done to one side or the other. */
    abstract void settle() throws IOException;

    /** What is to be done with a handle: COMMITTED if it is to be published now. */
    abstract Outcome look(Prepared handle) throws IOException;

    /** Makes {@code handles} visible, in order. */
    abstract void publish(List<Prepared> handles) throws IOException;

    @Override
    public final void claim() {
        try {
            Files.createDirectories(staging);
            fence.claim();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public final Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        try {
            fence.check();
            settle();
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            for (Prepared handle : handles) {
                outcomes.put(handle, look(handle));
            }
            if (outcomes.containsValue(Outcome.LOST)) {
                fence.check(); // a newer incarnation throws away what this one prepared
            }
            holdBack(outcomes);
            List<Prepared> ready = handles.stream()
                    .filter(handle -> outcomes.get(handle) == Outcome.COMMITTED)
                    .toList();
            if (!ready.isEmpty()) {
                publish(ready);
            }
            return outcomes;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Publishes nothing of an epoch of which something is lost, nor of later ones: the log would take what is lost for
     * committed the next time (ST-10).
     */
    private static void holdBack(Map<Prepared, Outcome> outcomes) {
        long lost = Long.MAX_VALUE;
        for (Map.Entry<Prepared, Outcome> entry : outcomes.entrySet()) {
            if (entry.getValue() == Outcome.LOST) {
                lost = Math.min(lost, entry.getKey().epoch().epoch());
            }
        }
        long end = lost;
        outcomes.replaceAll((handle, outcome) ->
                outcome == Outcome.COMMITTED && handle.epoch().epoch() >= end ? Outcome.RETRY : outcome);
    }

    @Override
    public final void abort(List<Prepared> handles) {
        for (Prepared handle : handles) {
            delete(handle);
        }
    }

    final void delete(Prepared handle) {
        try {
            for (StagedFile file : StagedFile.decode(handle.handle())) {
                Files.deleteIfExists(staging.resolve(file.name()));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ConnectorException failure(IOException cause) {
        return FileFailure.of("commit to", target.single().orElse(target.directory()), SinkSettings.PATH.name(), cause);
    }

    @Override
    public final void close() {}
}
