package dev.penstock.connector.kafka;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Commits one transaction after another under one name; whoever begins under that name last fences all others. */
final class Transactions implements AutoCloseable {
    /** A transaction that is open is aborted at a close, so that readers need not wait until it times out. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<Producer<byte[], byte @Nullable []>> producers;
    private @Nullable Producer<byte[], byte @Nullable []> producer;

    Transactions(Supplier<Producer<byte[], byte @Nullable []>> producers) {
        this.producers = producers;
    }

    /** What became of a transaction is not known. */
    static final class UncertainException extends Exception {
        private static final long serialVersionUID = 1L;

        UncertainException(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** What writes the records of a transaction. */
    @FunctionalInterface
    interface Content {
        void writeTo(Consumer<ProducerRecord<byte[], byte @Nullable []>> sender) throws IOException;
    }

    /** Ends what anybody has under way under this name, and fences them. */
    void begin() {
        close();
        Producer<byte[], byte @Nullable []> fresh = producers.get();
        producer = fresh;
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            close();
            throw KafkaFailure.ofBelieved("begin transactions", e);
        }
    }

    /**
     * Writes and commits.
     *
     * @throws UncertainException if it failed in a way that leaves open what became of it, or whether others have
     *     fenced this one; then {@link #begin} is needed
     */
    void commit(Content content) throws UncertainException {
        Producer<byte[], byte @Nullable []> open = producer;
        if (open == null) {
            begin();
            open = requireNonNull(producer, "producer");
        }
        SendWindow window = new SendWindow(open);
        try {
            open.beginTransaction();
            content.writeTo(window::send);
            open.commitTransaction();
        } catch (KafkaException e) {
            Exception first = window.failure();
            throw uncertain(first == null ? e : first);
        } catch (IOException e) {
            throw uncertain(e);
        }
    }

    private UncertainException uncertain(Exception cause) {
        close();
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            ConnectorException failure = KafkaFailure.ofBelieved("commit to Kafka", cause);
            // What is tried again must know whether the coordinator had committed before the login ended.
            if (!(failure instanceof RetryableException)) {
                throw failure;
            }
        }
        return new UncertainException(cause);
    }

    @Override
    public void close() {
        Producer<byte[], byte @Nullable []> open = producer;
        producer = null;
        if (open != null) {
            boolean interrupted = Thread.interrupted();
            try {
                open.close(interrupted ? Duration.ZERO : GRACE);
            } catch (InterruptException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
