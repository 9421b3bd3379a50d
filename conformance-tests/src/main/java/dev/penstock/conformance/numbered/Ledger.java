package dev.penstock.conformance.numbered;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.Operation;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of numbered rows: prepared ones, and those that count. */
public final class Ledger {
    private static final String COUNTS = ".rows";
    private static final String PREPARED = ".prepared";

    private Ledger() {}

    /** The rows that count, by epoch and writer. */
    public static List<NumberedRow> read(Path directory) {
        List<NumberedRow> rows = new ArrayList<>();
        for (Name name : names(directory, COUNTS)) {
            rows.addAll(readFile(directory.resolve(name + COUNTS)));
        }
        return rows;
    }

    static List<Name> prepared(Path directory) {
        return names(directory, PREPARED);
    }

    private static List<Name> names(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .map(file -> Name.of(file.substring(0, file.length() - ending.length())))
                    .sorted(Comparator.comparing(Name::epoch).thenComparing(Name::writer))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void prepare(Path directory, Name name, List<NumberedRow> rows) {
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name + PREPARED),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(encode(rows));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a prepared file count; false if it is not there. */
    static boolean commit(Path directory, Name name) {
        try {
            if (!Files.exists(directory.resolve(name + PREPARED))) {
                return false;
            }
            Files.move(directory.resolve(name + PREPARED), directory.resolve(name + COUNTS));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean counts(Path directory, Name name) {
        return Files.exists(directory.resolve(name + COUNTS));
    }

    static void discard(Path directory, Name name) {
        try {
            Files.deleteIfExists(directory.resolve(name + PREPARED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(List<NumberedRow> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(rows.size());
        for (NumberedRow row : rows) {
            out.writeUTF(row.operation().name());
            out.writeLong(row.run());
            out.writeInt(row.partition());
            out.writeLong(row.sequence());
            out.writeUTF(row.key());
            out.writeUTF(row.text());
            out.writeLong(row.checksum());
        }
        return bytes.toByteArray();
    }

    private static List<NumberedRow> readFile(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            List<NumberedRow> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(new NumberedRow(
                        Operation.valueOf(in.readUTF()),
                        in.readLong(),
                        in.readInt(),
                        in.readLong(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readLong()));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How the file of a writer's epoch is called.
     *
     * @param epoch its number
     * @param writer its index
     * @param runId the incarnation; letters, digits and hyphens
     */
    record Name(long epoch, int writer, String runId) {
        static Name of(String text) {
            String[] parts = text.split("_", 3);
            return new Name(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]);
        }

        @Override
        public String toString() {
            return epoch + "_" + writer + "_" + runId;
        }
    }
}
