package dev.penstock.connector.iceberg.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.io.PositionOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes an object: in one request if it is small, and else in parts, of which the last one is in memory. Nothing is
 * put on disk, and nobody sees the object before it is closed. One thread at a time.
 */
final class S3OutputStream extends PositionOutputStream {
    /** What is kept in memory at most; an object has 10,000 parts at most, so 80 GB. */
    static final int PART_BYTES = 8 << 20;

    private static final int FIRST_BYTES = 1 << 14;
    private static final Logger LOG = LoggerFactory.getLogger(S3OutputStream.class);

    private final S3Store store;
    private final S3Location object;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[FIRST_BYTES];
    private int count;
    private long position;
    private Optional<String> upload = Optional.empty();
    private boolean failed;
    private boolean closed;

    S3OutputStream(S3Store store, S3Location object) {
        this.store = store;
        this.object = object;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        reserve(1);
        part[count++] = (byte) value;
        position++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int taken = Math.min(length - done, reserve(length - done));
            System.arraycopy(bytes, from + done, part, count, taken);
            count += taken;
            done += taken;
            position += taken;
        }
    }

    /** Makes room for {@code wanted} more bytes, or as many as a part has; sends the part if it is full. */
    private int reserve(int wanted) throws IOException {
        if (closed || failed) {
            throw new IOException("Cannot write '" + object + "': it " + (closed ? "is closed" : "has failed"));
        }
        if (count == PART_BYTES) {
            send();
        }
        long needed = Math.min(PART_BYTES, (long) count + wanted);
        if (needed > part.length) {
            part = Arrays.copyOf(part, (int) Math.min(PART_BYTES, Math.max(needed, 2L * part.length)));
        }
        return part.length - count;
    }

    private void send() {
        failed = true;
        if (upload.isEmpty()) {
            upload = Optional.of(store.begin(object));
        }
        parts.add(store.send(object, upload.get(), new S3Store.Part(parts.size() + 1, part, count)));
        count = 0;
        failed = false;
    }

    /** Makes the object visible, unless writing it failed: then there is none. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                finish();
            }
        } finally {
            part = new byte[0];
            upload.ifPresent(this::throwAway);
        }
    }

    private void finish() {
        if (upload.isEmpty()) {
            store.put(object, part, count);
            return;
        }
        if (count > 0) {
            send();
        }
        store.complete(object, upload.get(), parts);
        upload = Optional.empty();
    }

    private void throwAway(String id) {
        try {
            store.abort(object, id);
        } catch (RuntimeException e) {
            LOG.warn("An upload of '{}' is left over: {}", object, e.toString());
        }
    }
}
