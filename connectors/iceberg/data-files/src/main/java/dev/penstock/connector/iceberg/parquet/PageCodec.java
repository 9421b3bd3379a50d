package dev.penstock.connector.iceberg.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, each in one call and between arrays that are used again. What {@link #compress} gives is good until
 * the next call.
 */
final class PageCodec implements BytesInputCompressor {
    private final CompressionCodecName name;
    private final Method method;
    private final ByteSink source = new ByteSink();
    private final ByteSink target = new ByteSink();

    PageCodec(CompressionCodecName name, int level) {
        this.name = name;
        this.method = switch (name) {
            case UNCOMPRESSED -> new AsItIs();
            case ZSTD -> new ByZstd(level);
            case SNAPPY -> new BySnappy();
            case GZIP -> new ByGzip(level);
            default -> throw new IllegalArgumentException("no codec for " + name);
        };
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (method instanceof AsItIs) {
            return bytes;
        }
        source.clear();
        target.clear();
        source.ensure(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(source);
        method.compress(source, target);
        return target.view();
    }

    @Override
    public CompressionCodecName getCodecName() {
        return name;
    }

    /** What the arrays take. */
    long memory() {
        return (long) source.capacity() + target.capacity();
    }

    @Override
    public void release() {
        method.close();
    }

    /** A way of compressing, with what it holds outside of the heap. */
    private sealed interface Method {
        void compress(ByteSink source, ByteSink target) throws IOException;

        default void close() {}
    }

    private record AsItIs() implements Method {
        @Override
        public void compress(ByteSink source, ByteSink target) {
            target.write(source.array(), 0, source.size());
        }
    }

    private static final class ByZstd implements Method {
        private final ZstdCompressCtx context;

        ByZstd(int level) {
            this.context = new ZstdCompressCtx().setLevel(level);
        }

        @Override
        public void compress(ByteSink source, ByteSink target) {
            int room = Math.toIntExact(Zstd.compressBound(source.size()));
            byte[] bytes = target.ensure(room);
            target.advance(context.compressByteArray(bytes, 0, room, source.array(), 0, source.size()));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private record BySnappy() implements Method {
        @Override
        public void compress(ByteSink source, ByteSink target) throws IOException {
            byte[] bytes = target.ensure(Snappy.maxCompressedLength(source.size()));
            target.advance(Snappy.compress(source.array(), 0, source.size(), bytes, 0));
        }
    }

    private static final class ByGzip implements Method {
        private static final int LEAST_ROOM = 64;
        private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};

        private final Deflater deflater;

        ByGzip(int level) {
            this.deflater = new Deflater(level, true);
        }

        @Override
        public void compress(ByteSink source, ByteSink target) {
            target.write(HEADER, 0, HEADER.length);
            deflater.reset();
            deflater.setInput(source.array(), 0, source.size());
            deflater.finish();
            while (!deflater.finished()) {
                byte[] bytes = target.ensure(Math.max(LEAST_ROOM, source.size() / 4));
                target.advance(deflater.deflate(bytes, target.size(), bytes.length - target.size()));
            }
            CRC32 checksum = new CRC32();
            checksum.update(source.array(), 0, source.size());
            target.putInt((int) checksum.getValue());
            target.putInt(source.size());
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
