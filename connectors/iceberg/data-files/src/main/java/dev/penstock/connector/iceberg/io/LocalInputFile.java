package dev.penstock.connector.iceberg.io;

import org.apache.iceberg.Files;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * A file of this machine to read, which keeps the location by which it was asked for: catalogs compare the locations of
 * metadata letter by letter.
 */
record LocalInputFile(String location, InputFile file) implements InputFile {
    static LocalInputFile of(String location) {
        return new LocalInputFile(
                location, Files.localInput(LocalFileIO.path(location).toFile()));
    }

    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        return file.newStream();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
