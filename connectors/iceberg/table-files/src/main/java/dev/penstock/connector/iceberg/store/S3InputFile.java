package dev.penstock.connector.iceberg.store;

import java.util.OptionalLong;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** An object to read. */
final class S3InputFile implements InputFile {
    private final S3Store store;
    private final S3Location object;
    private OptionalLong length;

    S3InputFile(S3Store store, S3Location object, OptionalLong length) {
        this.store = store;
        this.object = object;
        this.length = length;
    }

    @Override
    public long getLength() {
        if (length.isEmpty()) {
            length = OptionalLong.of(store.length(object)
                    .orElseThrow(() -> new NotFoundException("Cannot read '%s': it is not there", object)));
        }
        return length.getAsLong();
    }

    @Override
    public SeekableInputStream newStream() {
        return new S3InputStream(store, object);
    }

    @Override
    public String location() {
        return object.toString();
    }

    @Override
    public boolean exists() {
        return store.length(object).isPresent();
    }
}
