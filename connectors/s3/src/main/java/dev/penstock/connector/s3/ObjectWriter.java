package dev.penstock.connector.s3;

import dev.penstock.connector.s3.SinkSettings.Encryption;
import dev.penstock.format.records.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An object while rows come: keeps the bytes of one part, and sends each part when it is full.
 *
 * <p>Nothing is asked of the service before the first part is full or the object ends.
 */
final class ObjectWriter {
    private static final int FIRST_BYTES = 16 * 1024;

    private final Sending sending;
    private final String key;
    private final String token = UUID.randomUUID().toString();
    private final Parts parts = new Parts();
    private final OutputStream packed;
    private final long started = System.nanoTime();
    private final List<Future<String>> etags = new ArrayList<>();
    private @Nullable Future<String> uploadId;

    ObjectWriter(Sending sending, String key, Compression compression) throws IOException {
        this.sending = sending;
        this.key = key;
        this.packed = compression == Compression.NONE ? parts : compression.pack(parts);
    }

    /** How parts are sent. */
    record Sending(Bucket bucket, Encryption encryption, int partBytes, Flow flow) {}

    /** Sends requests, no more at a time than fit into memory. */
    interface Flow {
        /** Sends a part, when there is room. */
        Future<String> part(Request request);

        /** Sends what is no part. */
        Future<String> small(Request request);

        /** Waits for a reply. */
        String await(String what, Future<String> reply);
    }

    /** A request that gives a text. */
    @FunctionalInterface
    interface Request {
        String send() throws Exception;
    }

    void record(byte[] data, int from, int length) throws IOException {
        packed.write(data, from, length);
    }

    void lineEnd() throws IOException {
        packed.write('\n');
    }

    /** The bytes so far, as nearly as is known before the last ones are packed. */
    long bytes() {
        return parts.total;
    }

    /** The bytes that are kept in memory until there are enough for a part. */
    int buffered() {
        return parts.count;
    }

    long ageNanos() {
        return System.nanoTime() - started;
    }

    /** Sends what is left; nobody waits yet. */
    void end() throws IOException {
        packed.close();
        if (parts.count > 0 || etags.isEmpty()) {
            parts.send();
        }
    }

    /** Waits until all of it is there. */
    StagedObject staged() {
        String what = "write '" + sending.bucket().shown(key) + "'";
        List<String> all = new ArrayList<>(etags.size());
        for (Future<String> etag : etags) {
            all.add(sending.flow().await(what, etag));
        }
        return new StagedObject(key, id(what), token, parts.total, all);
    }

    private String id(String what) {
        Future<String> id = uploadId;
        return id == null ? "" : sending.flow().await(what, id);
    }

    String key() {
        return key;
    }

    /** The upload, if it was begun and that is known. */
    Optional<String> begun() {
        Future<String> id = uploadId;
        if (id == null || !id.isDone() || id.isCancelled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(id.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** Collects what is written into parts. */
    private final class Parts extends OutputStream {
        private byte[] buffer = new byte[FIRST_BYTES];
        private int count;
        private long total;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] data, int from, int length) {
            int taken = 0;
            while (taken < length) {
                int room = Math.min(length - taken, sending.partBytes() - count);
                if (count + room > buffer.length) {
                    int doubled = Math.max(count + room, Math.min(sending.partBytes(), 2 * buffer.length));
                    buffer = Arrays.copyOf(buffer, doubled);
                }
                System.arraycopy(data, from + taken, buffer, count, room);
                count += room;
                taken += room;
                if (count == sending.partBytes()) {
                    send();
                }
            }
            total += length;
        }

        private void send() {
            Bucket bucket = sending.bucket();
            Future<String> begun = uploadId;
            if (begun == null) {
                begun = sending.flow().small(() -> bucket.begin(key, token, sending.encryption()));
                uploadId = begun;
            }
            Future<String> id = begun;
            byte[] bytes = buffer;
            int length = count;
            int number = etags.size() + 1;
            buffer = new byte[FIRST_BYTES];
            count = 0;
            etags.add(sending.flow()
                    .part(() ->
                            bucket.part(new StagedObject(key, id.get(), token, 0, List.of()), number, bytes, length)));
        }
    }
}
