package dev.penstock.connector.kafka;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends rows at once and waits for them at the end of the epoch: at least once. */
final class DirectWriter implements SinkWriter {
    private final Producer<byte[], byte @Nullable []> producer;
    private final RowAdmission admission;
    private final SendWindow window;
    private final OpenEpoch epoch = new OpenEpoch();
    private volatile boolean woken;

    DirectWriter(Producer<byte[], byte @Nullable []> producer, RowAdmission admission) {
        this.producer = producer;
        this.window = new SendWindow(producer);
        this.admission = admission;
    }

    @Override
    public void begin(EpochId next) {
        epoch.begin(next);
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        epoch.current();
        throwFailure();
        try {
            return admission.admit(batch, (rows, row, key) -> window.send(rows.record(row, key)));
        } catch (KafkaException | IllegalStateException e) {
            throw failure(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void throwFailure() {
        Exception cause = window.failure();
        if (cause != null) {
            throw failure(cause);
        }
    }

    private ConnectorException failure(Exception cause) {
        return woken
                ? new RetryableException(
                        "Cannot write records: the wait for a broker was ended; it is tried again", cause)
                : KafkaFailure.of("write records", cause);
    }

    @Override
    public void flush() {
        epoch.current();
        epoch.end();
        try {
            producer.flush();
        } catch (KafkaException | IllegalStateException e) {
            throw failure(e);
        }
        throwFailure();
    }

    /** There is nothing to commit: rows are visible when they are durable. */
    @Override
    public Optional<Prepared> prepare() {
        flush();
        return Optional.empty();
    }

    /** Ends the producer: a send or a flush that waits for a broker can be ended in no other way. */
    @Override
    public void wakeup() {
        woken = true;
        admission.wakeup();
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        epoch.close();
        producer.close(Duration.ZERO);
    }
}
