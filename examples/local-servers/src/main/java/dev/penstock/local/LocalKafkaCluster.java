package dev.penstock.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several brokers that are one cluster, each a {@link LocalKafka} that can be killed and restarted for itself. The
 * first one is the controller of all: without it no leader is elected.
 *
 * <p>Topics, the offsets of groups and the states of transactions are on as many brokers as there are, up to three. It
 * needs about 350 MB of memory a broker.
 *
 * <p><b>Order of calls:</b> {@code start (broker | bootstrapServers)* close}. <b>Threads:</b> any.
 */
public final class LocalKafkaCluster implements AutoCloseable {
    private static final int MOST_REPLICAS = 3;

    private final List<LocalKafka> brokers = new ArrayList<>();

    private LocalKafkaCluster() {}

    /** As many brokers, with {@code properties} over the usual ones. */
    public static LocalKafkaCluster start(int brokers, Map<String, String> properties) {
        if (brokers < 1) {
            throw new IllegalArgumentException("Cannot start " + brokers + " brokers: a cluster has one at least");
        }
        LocalKafkaCluster cluster = new LocalKafkaCluster();
        try {
            cluster.startAll(brokers, properties);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll(int count, Map<String, String> properties) {
        String replicas = String.valueOf(Math.min(count, MOST_REPLICAS));
        Map<String, String> all = new HashMap<>();
        all.put("default.replication.factor", replicas);
        all.put("offsets.topic.replication.factor", replicas);
        all.put("transaction.state.log.replication.factor", replicas);
        all.putAll(properties);
        LocalKafka first = LocalKafka.start(all);
        brokers.add(first);
        List<CompletableFuture<LocalKafka>> others = IntStream.rangeClosed(2, count)
                .mapToObj(id -> CompletableFuture.supplyAsync(() -> LocalKafka.start(follower(id, first, all))))
                .toList();
        RuntimeException failure = null;
        for (CompletableFuture<LocalKafka> other : others) {
            try {
                brokers.add(other.join());
            } catch (CompletionException e) {
                failure = new IllegalStateException("Cannot start a broker of a cluster", e.getCause());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Map<String, String> follower(int id, LocalKafka first, Map<String, String> properties) {
        Map<String, String> own = new HashMap<>(properties);
        own.put("node.id", String.valueOf(id));
        own.put("process.roles", "broker");
        own.put("listeners", "PLAINTEXT://127.0.0.1:{port}");
        own.put("controller.quorum.voters", "1@127.0.0.1:" + first.controllerPort());
        return own;
    }

    /** The broker that Kafka knows by {@code id}, from 1 on. */
    public LocalKafka broker(int id) {
        return brokers.get(id - 1);
    }

    /** Where clients connect to: all brokers. */
    public String bootstrapServers() {
        return brokers.stream().map(LocalKafka::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Ends all brokers and deletes their directories. */
    @Override
    public void close() {
        brokers.forEach(LocalKafka::close);
    }
}
