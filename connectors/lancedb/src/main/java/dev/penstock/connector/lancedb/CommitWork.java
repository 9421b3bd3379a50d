package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lance.Dataset;
import org.lance.FragmentMetadata;

/** Commits handles that are known not to be committed yet. */
final class CommitWork {
    private final Lance lance;
    private final Staging staging;
    private final SinkName sink;
    private final SinkSettings.Files limits;
    private final HandleCodec codec;

    CommitWork(Lance lance, Staging staging, SinkName sink, SinkSettings.Files limits) {
        this.lance = lance;
        this.staging = staging;
        this.sink = sink;
        this.limits = limits;
        this.codec = new HandleCodec(staging);
    }

    /**
     * What was committed.
     *
     * @param ids the handles
     * @param fragments how many were added
     * @param key the columns that tell rows apart; empty for appends
     */
    record Committed(List<HandleId> ids, int fragments, List<String> key) {
        Committed {
            ids = List.copyOf(ids);
            key = List.copyOf(key);
        }
    }

    /** Makes {@code handles} part of the table in one version, and moves the tag there. */
    Committed commit(Dataset dataset, List<Prepared> handles, CommittedEpochs before) {
        List<Composition.Work> works = new ArrayList<>();
        for (Prepared prepared : handles) {
            HandleId id = HandleId.of(prepared);
            works.add(new Composition.Work(id, read(dataset, id, prepared)));
            staging.attempt(id);
        }
        TableSchema table = TableSchema.of(dataset);
        Lance.FileLimits files =
                new Lance.FileLimits(limits.maxRows(), limits.maxBytes(), dataset.getLanceFileFormatVersion());
        Composition.Result result = new Composition(lance, staging, files, table).compose(works);
        List<FragmentMetadata> added = publish(result.fragments(), table);
        TableCommit.Change change = result.gone()
                .map(gone -> new Deletion(dataset, table).apply(gone, added))
                .orElseGet(() -> new TableCommit.Change(List.of(), List.of(), added));
        List<HandleId> ids = works.stream().map(Composition.Work::id).toList();
        try (Dataset committed = TableCommit.commit(dataset, change, Marker.properties(sink, ids, before))) {
            Marker.moveTag(committed, sink);
        }
        return new Committed(
                ids, added.size(), result.gone().map(KeySets::keyColumns).orElse(List.of()));
    }

    private Handle read(Dataset dataset, HandleId id, Prepared prepared) {
        Handle handle = codec.read(id, prepared.handle()).orElseThrow(() -> vanished(id));
        if (!handle.tableId().equals(dataset.getConfig().getOrDefault(TargetTable.ID_KEY, ""))) {
            throw new FatalException("Cannot commit epoch " + id.epoch() + " of run " + id.run() + " to table '"
                    + lance.location() + "': another table has taken the place of the one it was written for;"
                    + " restore that one, or reset the state of the pipeline to fill the new one from the start");
        }
        return handle;
    }

    private List<FragmentMetadata> publish(List<Composition.Placed> fragments, TableSchema table) {
        List<FragmentMetadata> published = new ArrayList<>();
        for (Composition.Placed placed : fragments) {
            Map<Integer, Integer> ids = table.idsOf(placed.columns());
            checkColumns(placed, ids);
            placed.fragment().files().forEach(file -> staging.publish(placed.owner(), file.name()));
            published.add(placed.fragment().toLance(0, ids));
        }
        if (!published.isEmpty()) {
            staging.makePublishedDurable();
        }
        return published;
    }

    private void checkColumns(Composition.Placed placed, Map<Integer, Integer> ids) {
        for (int i = 0; i < placed.columns().size(); i++) {
            if (!ids.containsKey(i)) {
                throw new FatalException("Cannot commit epoch " + placed.owner().epoch() + " to table '"
                        + lance.location() + "': its column '"
                        + placed.columns().get(i)
                        + "' was dropped meanwhile; add it again");
            }
        }
    }

    private static FatalException vanished(HandleId id) {
        return new FatalException("Cannot commit epoch " + id.epoch() + " of run " + id.run()
                + ": the file of its keys is gone or damaged; restore it from a backup");
    }
}
