package dev.penstock.connector.files;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is whole and durable, and not visible yet.
 *
 * @param name in the staging directory
 * @param partName the visible name it is to have
 * @param bytes its size
 * @param headerBytes how many bytes at its start are a header that only the first of several files needs
 * @param checksum CRC-32C of its bytes
 */
record StagedFile(String name, String partName, long bytes, int headerBytes, int checksum) {
    private static final int VERSION = 1;
    private static final Pattern NAME = Pattern.compile("w(\\d+)-e(\\d+)-(\\d+)-[A-Za-z0-9-]+\\.part");

    /** The name of a file being written. */
    static String name(int writer, long epoch, int sequence, String runId) {
        return "w" + writer + "-e" + epoch + "-" + sequence + "-" + runId + ".part";
    }

    /** Who began a file in the staging directory. */
    record Owner(int writer, long epoch) {}

    /** Who began the file named {@code name}; empty if no writer did. */
    static Optional<Owner> owner(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Owner(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    static ResumeState encode(List<StagedFile> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * files.size() + 4);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(files.size());
            for (StagedFile file : files) {
                out.writeUTF(file.name);
                out.writeUTF(file.partName);
                out.writeLong(file.bytes);
                out.writeInt(file.headerBytes);
                out.writeInt(file.checksum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    static List<StagedFile> decode(ResumeState handle) {
        if (handle.version() != VERSION) {
            throw new StateVersionException("prepared files", handle.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(handle.bytes()))) {
            int count = in.readInt();
            List<StagedFile> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(new StagedFile(in.readUTF(), in.readUTF(), in.readLong(), in.readInt(), in.readInt()));
            }
            return files;
        } catch (IOException e) {
            throw new StateVersionException("prepared files", e);
        }
    }
}
