package dev.penstock.connector.kafka;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of records that is whole and durable.
 *
 * @param name in the spool
 * @param bytes its size
 * @param rows the number of its records
 * @param checksum CRC-32C of the lengths and checksums of its pieces
 */
record SpoolHandle(String name, long bytes, long rows, int checksum) {
    /** In version 1 files had no pieces. */
    private static final int VERSION = 2;

    private static final Pattern NAME = Pattern.compile("w(\\d+)-e(\\d+)-[A-Za-z0-9-]+\\.spool");

    /** The name of the file of one writer in one epoch. */
    static String name(int writer, long epoch, String runId) {
        return "w" + writer + "-e" + epoch + "-" + runId + ".spool";
    }

    /** Who began a file. */
    record Owner(int writer, long epoch) {}

    /** Who began the file named {@code name}; empty if no writer did. */
    static Optional<Owner> owner(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Owner(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    ResumeState encode() {
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytesOut)) {
            out.writeUTF(name);
            out.writeLong(bytes);
            out.writeLong(rows);
            out.writeInt(checksum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytesOut.toByteArray());
    }

    static SpoolHandle decode(ResumeState handle) {
        if (handle.version() != VERSION) {
            throw new StateVersionException("a prepared epoch", handle.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(handle.bytes()))) {
            String name = in.readUTF();
            if (owner(name).isEmpty()) {
                throw new IOException("'" + name + "' is not the name of a spool file");
            }
            return new SpoolHandle(name, in.readLong(), in.readLong(), in.readInt());
        } catch (IOException e) {
            throw new StateVersionException("a prepared epoch", e);
        }
    }
}
