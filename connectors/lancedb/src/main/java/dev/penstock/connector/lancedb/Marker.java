package dev.penstock.connector.lancedb;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lance.Dataset;
import org.lance.Tag;
import org.lance.Transaction;

/**
 * What is committed, as the table itself knows it: the properties of the transaction that added the rows name the
 * handles they came from. The sink's tag keeps clean-up away from its last commit.
 */
final class Marker {
    /** The property that names the sink. */
    static final String SINK = "penstock.sink";

    /** The property that lists the committed handles. */
    static final String COMMITTED = "penstock.committed";

    /** The property that says how far each run is committed. */
    static final String EPOCHS = "penstock.epochs";

    private Marker() {}

    /** The properties of a transaction that commits {@code ids} after {@code before}. */
    static Map<String, String> properties(SinkName sink, Collection<HandleId> ids, CommittedEpochs before) {
        return Map.of(
                SINK, sink.id(),
                COMMITTED, ids.stream().map(HandleId::marker).collect(Collectors.joining(" ")),
                EPOCHS, before.plus(ids).toString());
    }

    /**
     * What the versions since the tag say.
     *
     * @param committed the handles of the sink that they committed
     * @param epochs how far each run was committed, also before the tag
     * @param complete whether no version in between was cleaned away
     */
    record History(Set<HandleId> committed, CommittedEpochs epochs, boolean complete) {
        History {
            committed = Set.copyOf(committed);
        }

        /** Whether {@code id} is committed, as far as the table can tell. */
        boolean holds(HandleId id) {
            return committed.contains(id) || epochs.isPast(id);
        }

        /** The handles of the last epoch of each run, of which others may not be committed yet. */
        List<HandleId> newest() {
            return committed.stream().filter(id -> !epochs.isPast(id)).toList();
        }
    }

    /** The version the sink's tag is on. */
    static Optional<Long> tagged(Dataset dataset, SinkName sink) {
        return dataset.tags().list().stream()
                .filter(tag -> tag.getName().equals(sink.tag()))
                .map(Tag::getVersion)
                .findFirst();
    }

    static void moveTag(Dataset dataset, SinkName sink) {
        dataset.tags().update(sink.tag(), dataset.version());
    }

    /** Reads the transactions from the tag to {@code dataset}. */
    static History since(Dataset dataset, SinkName sink, long tagged) {
        Set<HandleId> committed = new HashSet<>();
        CommittedEpochs epochs = new CommittedEpochs();
        boolean complete = true;
        for (long version = tagged; version <= dataset.version(); version++) {
            Optional<Map<String, String>> properties = properties(dataset, version);
            complete &= properties.isPresent();
            Map<String, String> own =
                    properties.filter(all -> sink.id().equals(all.get(SINK))).orElse(Map.of());
            Stream.of(own.getOrDefault(COMMITTED, "").split(" ", -1))
                    .flatMap(text -> HandleId.ofMarker(text).stream())
                    .forEach(committed::add);
            epochs.addAll(CommittedEpochs.parse(own.getOrDefault(EPOCHS, "")));
        }
        return new History(committed, epochs, complete);
    }

    /** The properties of the transaction that made a version; empty if the version is gone. */
    private static Optional<Map<String, String>> properties(Dataset dataset, long version) {
        try (Dataset old = dataset.checkoutVersion(version)) {
            Optional<Transaction> transaction = old.readTransaction();
            if (transaction.isEmpty()) {
                return Optional.empty();
            }
            try (Transaction read = transaction.get()) {
                return Optional.of(read.transactionProperties().orElse(Map.of()));
            }
        } catch (Exception e) {
            if (LanceErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw LanceErrors.wrap("read version " + version + " of table '" + dataset.uri() + "'", e);
        }
    }
}
