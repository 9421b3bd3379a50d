package dev.penstock.connector.iceberg.store;

import java.util.OptionalLong;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** An object to write. */
record S3OutputFile(S3Store store, S3Location object) implements OutputFile {
    /** Looks before it writes; names that Iceberg gives are nobody else's. */
    @Override
    public PositionOutputStream create() {
        if (store.length(object).isPresent()) {
            throw new AlreadyExistsException("Cannot create '%s': it exists", object);
        }
        return createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return new S3OutputStream(store, object);
    }

    @Override
    public String location() {
        return object.toString();
    }

    @Override
    public InputFile toInputFile() {
        return new S3InputFile(store, object, OptionalLong.empty());
    }
}
