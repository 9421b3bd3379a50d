package dev.penstock.connector.lancedb;

import java.util.List;
import java.util.Optional;

/**
 * The few things done to files beside Lance, the same on a disk and on S3. Paths are whole: a local path or an S3 URI.
 *
 * <p>Failures are {@link dev.penstock.spi.ConnectorException}s. Safe for use from any thread.
 */
interface TableFiles {
    /** The names in {@code directory}, of files and directories alike; none if it does not exist. */
    List<String> list(String directory);

    boolean exists(String file);

    Optional<byte[]> read(String file);

    /** Writes a file that a crash cannot take away afterwards, making directories on the way. */
    void write(String file, byte[] content);

    /** Makes sure that a crash cannot take away the files in {@code directory}. */
    void makeDurable(String directory);

    /** Moves a file, replacing what is there. */
    void move(String from, String to);

    /** Deletes a file, or a directory with all that is in it; does nothing if there is none. */
    void delete(String path);

    static TableFiles of(TableLocation location) {
        if (location.isLocal()) {
            return new LocalFiles();
        }
        return new S3Files(location.storage());
    }
}
