package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Gzip by the JDK. */
public class GzipCodec implements CompressionCodec, Configurable {
    private static final String LEVEL = "zlib.compress.level";

    private Configuration conf = new Configuration();

    @Override
    public void setConf(Configuration conf) {
        this.conf = conf;
    }

    @Override
    public Configuration getConf() {
        return conf;
    }

    @Override
    public CompressionOutputStream createOutputStream(OutputStream out) throws IOException {
        int level = conf.getInt(LEVEL, Deflater.DEFAULT_COMPRESSION);
        return new Deflating(new GZIPOutputStream(out) {
            {
                def.setLevel(level);
            }

            @Override
            public void close() throws IOException {
                super.close();
                def.end();
            }
        });
    }

    @Override
    public CompressionOutputStream createOutputStream(OutputStream out, @Nullable Compressor compressor)
            throws IOException {
        return createOutputStream(out);
    }

    @Override
    public CompressionInputStream createInputStream(InputStream in) throws IOException {
        return new Inflating(new GZIPInputStream(in));
    }

    @Override
    public CompressionInputStream createInputStream(InputStream in, @Nullable Decompressor decompressor)
            throws IOException {
        return createInputStream(in);
    }

    @Override
    public @Nullable Class<? extends Compressor> getCompressorType() {
        return null;
    }

    @Override
    public @Nullable Compressor createCompressor() {
        return null;
    }

    @Override
    public @Nullable Class<? extends Decompressor> getDecompressorType() {
        return null;
    }

    @Override
    public @Nullable Decompressor createDecompressor() {
        return null;
    }

    @Override
    public String getDefaultExtension() {
        return ".gz";
    }

    private static final class Deflating extends CompressionOutputStream {
        private final GZIPOutputStream gzip;

        Deflating(GZIPOutputStream gzip) {
            super(gzip);
            this.gzip = gzip;
        }

        @Override
        public void write(int value) throws IOException {
            gzip.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            gzip.write(bytes, offset, length);
        }

        @Override
        public void finish() throws IOException {
            gzip.finish();
        }

        @Override
        public void resetState() {
            throw new UnsupportedOperationException("Cannot begin a gzip stream anew; make another one");
        }
    }

    private static final class Inflating extends CompressionInputStream {
        private final GZIPInputStream gzip;

        Inflating(GZIPInputStream gzip) {
            super(gzip);
            this.gzip = gzip;
        }

        @Override
        public int read() throws IOException {
            return gzip.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return gzip.read(bytes, offset, length);
        }

        @Override
        public void resetState() {
            throw new UnsupportedOperationException("Cannot begin a gzip stream anew; make another one");
        }
    }
}
