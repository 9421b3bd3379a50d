package dev.penstock.connector.iceberg.reading;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.xerial.snappy.Snappy;

/**
 * Unpacks pages, each in one call into an array of its own; codecs that tables seldom have are left to Parquet. One
 * thread at a time.
 */
final class PageDecompression implements CompressionCodecFactory {
    private final Map<CompressionCodecName, BytesInputDecompressor> open = new EnumMap<>(CompressionCodecName.class);
    private final CodecFactory others = new CodecFactory(new PlainParquetConfiguration(), 0);

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("Cannot compress with a reader of " + name);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return open.computeIfAbsent(name, codec -> switch (codec) {
            case ZSTD -> new ByZstd();
            case SNAPPY -> new BySnappy();
            case GZIP -> new ByGzip();
            default -> others.getDecompressor(codec);
        });
    }

    @Override
    public void release() {
        open.values().forEach(BytesInputDecompressor::release);
        open.clear();
        others.release();
    }

    /** Between arrays. */
    private abstract static class OneShot implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) {
            ByteBuffer packed = PageBytes.buffer(bytes);
            return BytesInput.from(
                    unpacked(packed.array(), packed.arrayOffset() + packed.position(), packed.remaining(), size));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer target, int size) {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            target.put(unpacked(bytes, 0, packedSize, size));
        }

        private byte[] unpacked(byte[] packed, int from, int length, int size) {
            byte[] target = new byte[size];
            try {
                unpack(packed, from, length, target);
            } catch (IOException e) {
                // The bytes are in memory, so what is wrong is in them.
                throw new ParquetDecodingException("a page cannot be unpacked: " + e.getMessage(), e);
            }
            return target;
        }

        abstract void unpack(byte[] packed, int from, int length, byte[] target) throws IOException;

        @Override
        public void release() {}
    }

    private static final class ByZstd extends OneShot {
        private final ZstdDecompressCtx context = new ZstdDecompressCtx();

        @Override
        void unpack(byte[] packed, int from, int length, byte[] target) {
            context.decompressByteArray(target, 0, target.length, packed, from, length);
        }

        @Override
        public void release() {
            context.close();
        }
    }

    private static final class BySnappy extends OneShot {
        @Override
        void unpack(byte[] packed, int from, int length, byte[] target) throws IOException {
            if (length > 0) {
                Snappy.uncompress(packed, from, length, target, 0);
            }
        }
    }

    private static final class ByGzip extends OneShot {
        @Override
        void unpack(byte[] packed, int from, int length, byte[] target) throws IOException {
            if (target.length == 0) {
                return;
            }
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
                if (in.readNBytes(target, 0, target.length) < target.length) {
                    throw new EOFException("a page ends too early");
                }
            }
        }
    }
}
