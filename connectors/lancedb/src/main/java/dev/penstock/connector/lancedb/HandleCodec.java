package dev.penstock.connector.lancedb;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Writes and reads {@link Handle}s. Keys, of which there may be many, go into a file of the staging directory once they
 * outgrow {@link #MAX_INLINE}; the handle then keeps their length and checksum.
 */
final class HandleCodec {
    static final int VERSION = 1;
    static final int MAX_INLINE = 16 * 1024;

    private static final String KEYS = "keys";

    private final Staging staging;

    HandleCodec(Staging staging) {
        this.staging = staging;
    }

    ResumeState write(HandleId id, Handle handle) {
        byte[] keys = bytes(out -> writeKeys(handle, out));
        boolean inline = keys.length <= MAX_INLINE;
        if (!inline) {
            staging.writeKeys(id, KEYS, keys);
        }
        return new ResumeState(VERSION, bytes(out -> {
            out.writeUTF(handle.tableId());
            writeTexts(handle.columns(), out);
            writeTexts(handle.key(), out);
            writeTexts(handle.deleteBy(), out);
            writeFragments(handle, out);
            out.writeBoolean(inline);
            out.writeInt(keys.length);
            if (inline) {
                out.write(keys);
            } else {
                out.writeLong(checksum(keys));
            }
        }));
    }

    /**
     * The handle in {@code state}, or empty if its keys are gone.
     *
     * @throws StateVersionException if it is of a later release, or no handle
     */
    Optional<Handle> read(HandleId id, ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("handle " + id.marker(), state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            Handle bare = new Handle(in.readUTF(), readTexts(in), readTexts(in), readTexts(in), readFragments(in));
            Optional<byte[]> keys = in.readBoolean()
                    ? Optional.of(in.readNBytes(in.readInt()))
                    : keysOf(id, in.readInt(), in.readLong());
            return keys.isEmpty() ? Optional.empty() : Optional.of(withKeys(bare, keys.get()));
        } catch (IOException | RuntimeException e) {
            throw e instanceof dev.penstock.spi.ConnectorException known
                    ? known
                    : new StateVersionException("handle " + id.marker(), e);
        }
    }

    private Optional<byte[]> keysOf(HandleId id, int length, long checksum) {
        return staging.readKeys(id, KEYS).filter(keys -> keys.length == length && checksum(keys) == checksum);
    }

    private static void writeFragments(Handle handle, DataOutputStream out) throws IOException {
        out.writeInt(handle.segments().size());
        for (Segment segment : handle.segments()) {
            out.writeInt(segment.fragments().size());
            for (StagedFragment fragment : segment.fragments()) {
                out.writeLong(fragment.rows());
                out.writeInt(fragment.files().size());
                for (StagedFragment.File file : fragment.files()) {
                    writeFile(file, out);
                }
            }
        }
    }

    private static void writeFile(StagedFragment.File file, DataOutputStream out) throws IOException {
        out.writeUTF(file.name());
        writeNumbers(file.fields(), out);
        writeNumbers(file.columns(), out);
        out.writeInt(file.major());
        out.writeInt(file.minor());
        out.writeLong(file.bytes());
    }

    private static List<Segment> readFragments(DataInputStream in) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            List<StagedFragment> fragments = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                long rows = in.readLong();
                List<StagedFragment.File> files = new ArrayList<>();
                for (int count = in.readInt(); count > 0; count--) {
                    files.add(new StagedFragment.File(
                            in.readUTF(), readNumbers(in), readNumbers(in), in.readInt(), in.readInt(), in.readLong()));
                }
                fragments.add(new StagedFragment(rows, files));
            }
            segments.add(new Segment(fragments, List.of(), List.of()));
        }
        return segments;
    }

    private static void writeKeys(Handle handle, DataOutputStream out) throws IOException {
        for (Segment segment : handle.segments()) {
            writeKeys(segment.goneKeys(), out);
            writeKeys(segment.deletes(), out);
        }
    }

    private static Handle withKeys(Handle bare, byte[] keys) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(keys));
        List<Segment> segments = new ArrayList<>();
        for (Segment segment : bare.segments()) {
            segments.add(new Segment(segment.fragments(), readKeys(in), readKeys(in)));
        }
        return new Handle(bare.tableId(), bare.columns(), bare.key(), bare.deleteBy(), segments);
    }

    private static void writeKeys(List<KeyBytes> keys, DataOutputStream out) throws IOException {
        out.writeInt(keys.size());
        for (KeyBytes key : keys) {
            out.writeInt(key.bytes().length);
            out.write(key.bytes());
        }
    }

    private static List<KeyBytes> readKeys(DataInputStream in) throws IOException {
        List<KeyBytes> keys = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            keys.add(new KeyBytes(in.readNBytes(in.readInt())));
        }
        return keys;
    }

    private static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void writeNumbers(List<Integer> numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.size());
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static List<Integer> readNumbers(DataInputStream in) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            numbers.add(in.readInt());
        }
        return numbers;
    }

    private static long checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }
}
