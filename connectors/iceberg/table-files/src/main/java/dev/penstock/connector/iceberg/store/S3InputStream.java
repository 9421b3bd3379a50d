package dev.penstock.connector.iceberg.store;

import java.io.EOFException;
import java.io.IOException;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Reads an object block by block, a request each, the blocks larger the longer it is read in one go; between requests
 * it holds no connection. One thread at a time.
 */
final class S3InputStream extends SeekableInputStream implements RangeReadable {
    private static final int FIRST_BLOCK = 1 << 16;
    private static final int LARGEST_BLOCK = 1 << 22;

    private final S3Store store;
    private final S3Location object;
    private byte[] block = new byte[0];
    private long blockStart;
    private long position;
    private int nextBlock = FIRST_BLOCK;
    private long length = Long.MAX_VALUE;
    private boolean closed;

    S3InputStream(S3Store store, S3Location object) {
        this.store = store;
        this.object = object;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long to) throws IOException {
        checkOpen();
        if (to < 0) {
            throw new EOFException("Cannot seek to " + to + " in '" + object + "': it is before the start");
        }
        if (to < blockStart || to > blockStart + block.length) {
            nextBlock = FIRST_BLOCK;
        }
        position = to;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("Cannot read '" + object + "': it is closed");
        }
    }

    @Override
    public int read() throws IOException {
        if (fill() == 0) {
            return -1;
        }
        return block[(int) (position++ - blockStart)] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int there = fill();
        if (there == 0) {
            return -1;
        }
        int taken = Math.min(there, count);
        System.arraycopy(block, (int) (position - blockStart), into, from, taken);
        position += taken;
        return taken;
    }

    /** Sees to it that the block has bytes at the position, unless the object ends there; says how many. */
    private int fill() throws IOException {
        checkOpen();
        long there = blockStart + block.length - position;
        if (position >= blockStart && there > 0) {
            return (int) there;
        }
        if (position >= length) {
            return 0;
        }
        S3Store.Range range = store.read(object, position, nextBlock);
        length = range.bytes().length == 0 ? position : range.length();
        block = range.bytes();
        blockStart = position;
        nextBlock = Math.min(LARGEST_BLOCK, nextBlock * 2);
        return block.length;
    }

    @Override
    public int available() {
        long there = blockStart + block.length - position;
        return position >= blockStart && there > 0 ? (int) there : 0;
    }

    @Override
    public void readFully(long from, byte[] into, int offset, int count) throws IOException {
        checkOpen();
        if (count == 0) {
            return;
        }
        byte[] bytes = store.read(object, from, count).bytes();
        if (bytes.length < count) {
            throw new EOFException("Cannot read " + count + " bytes of '" + object + "' at " + from + ": it ends after "
                    + bytes.length);
        }
        System.arraycopy(bytes, 0, into, offset, count);
    }

    @Override
    public int readTail(byte[] into, int offset, int count) throws IOException {
        checkOpen();
        if (count == 0) {
            return 0;
        }
        byte[] bytes = store.readTail(object, count).bytes();
        System.arraycopy(bytes, 0, into, offset, bytes.length);
        return bytes.length;
    }

    @Override
    public void close() {
        closed = true;
        block = new byte[0];
    }
}
