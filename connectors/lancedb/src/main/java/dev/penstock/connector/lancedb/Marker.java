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

    private Marker() {}

    /** The properties of a transaction that commits {@code ids}. */
    static Map<String, String> properties(SinkName sink, Collection<HandleId> ids) {
        return Map.of(
                SINK, sink.id(), COMMITTED, ids.stream().map(HandleId::marker).collect(Collectors.joining(" ")));
    }

    /**
     * What the versions since the tag say.
     *
     * @param committed the handles of the sink that they committed
     * @param complete whether no version in between was cleaned away
     */
    record History(Set<HandleId> committed, boolean complete) {
        History {
            committed = Set.copyOf(committed);
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
        boolean complete = true;
        for (long version = tagged; version <= dataset.version(); version++) {
            Optional<List<HandleId>> found = committedBy(dataset, sink, version);
            complete &= found.isPresent();
            found.ifPresent(committed::addAll);
        }
        return new History(committed, complete);
    }

    private static Optional<List<HandleId>> committedBy(Dataset dataset, SinkName sink, long version) {
        try (Dataset old = dataset.checkoutVersion(version)) {
            Optional<Transaction> transaction = old.readTransaction();
            if (transaction.isEmpty()) {
                return Optional.empty();
            }
            try (Transaction read = transaction.get()) {
                return Optional.of(ids(sink, read.transactionProperties().orElse(Map.of())));
            }
        } catch (RuntimeException e) {
            if (LanceErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw LanceErrors.wrap("read version " + version + " of table '" + dataset.uri() + "'", e);
        }
    }

    private static List<HandleId> ids(SinkName sink, Map<String, String> properties) {
        return sink.id().equals(properties.get(SINK))
                ? Stream.of(properties.getOrDefault(COMMITTED, "").split(" "))
                        .flatMap(text -> HandleId.ofMarker(text).stream())
                        .toList()
                : List.of();
    }
}
