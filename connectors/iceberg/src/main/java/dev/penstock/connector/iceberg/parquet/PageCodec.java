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
    private static final int GZIP_FRAME = 18;
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};

    private final CompressionCodecName name;
    private final ByteSink source = new ByteSink();
    private final ByteSink target = new ByteSink();
    private final ZstdCompressCtx zstd;
    private final Deflater deflater;

    PageCodec(CompressionCodecName name, int level) {
        this.name = name;
        this.zstd = new ZstdCompressCtx().setLevel(name == CompressionCodecName.ZSTD ? level : 1);
        this.deflater = new Deflater(name == CompressionCodecName.GZIP ? level : Deflater.DEFAULT_COMPRESSION, true);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        if (name == CompressionCodecName.UNCOMPRESSED) {
            return bytes;
        }
        source.clear();
        target.clear();
        source.ensure(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(source);
        switch (name) {
            case ZSTD -> zstd();
            case SNAPPY -> snappy();
            case GZIP -> gzip();
            default -> throw new IllegalStateException("no codec for " + name);
        }
        return target.view();
    }

    private void zstd() {
        int room = Math.toIntExact(Zstd.compressBound((long) source.size()));
        byte[] bytes = target.ensure(room);
        target.advance(zstd.compressByteArray(bytes, 0, room, source.array(), 0, source.size()));
    }

    private void snappy() throws IOException {
        byte[] bytes = target.ensure(Snappy.maxCompressedLength(source.size()));
        target.advance(Snappy.compress(source.array(), 0, source.size(), bytes, 0));
    }

    private void gzip() {
        target.write(GZIP_HEADER, 0, GZIP_HEADER.length);
        deflater.reset();
        deflater.setInput(source.array(), 0, source.size());
        deflater.finish();
        while (!deflater.finished()) {
            byte[] bytes = target.ensure(Math.max(GZIP_FRAME, source.size() / 4));
            target.advance(deflater.deflate(bytes, target.size(), bytes.length - target.size()));
        }
        CRC32 checksum = new CRC32();
        checksum.update(source.array(), 0, source.size());
        target.putInt((int) checksum.getValue());
        target.putInt(source.size());
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
        zstd.close();
        deflater.end();
    }
}
