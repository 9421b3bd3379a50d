package dev.penstock.connector.iceberg.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.local.LocalS3;
import dev.penstock.spi.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tables in a bucket and in a directory. */
class TableFilesTest {
    private static LocalS3 s3;
    private static TableFiles files;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        s3 = LocalS3.start("key-id", "the-secret");
        s3.createBucket("lake");
        files = files("the-secret");
    }

    @AfterAll
    static void stop() {
        files.close();
        s3.close();
    }

    private static TableFiles files(String secret) {
        TableFiles files = new TableFiles();
        files.initialize(Map.of(
                TableFiles.ENDPOINT,
                s3.endpoint(),
                TableFiles.PATH_STYLE,
                "true",
                TableFiles.ACCESS_KEY,
                "key-id",
                TableFiles.SECRET_KEY,
                secret));
        return files;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static void write(String location, byte[] bytes) {
        try (PositionOutputStream out = files.newOutputFile(location).createOrOverwrite()) {
            int half = bytes.length / 2;
            out.write(bytes, 0, half);
            for (int i = half; i < Math.min(bytes.length, half + 100); i++) {
                out.write(bytes[i]);
            }
            int rest = Math.min(bytes.length, half + 100);
            out.write(bytes, rest, bytes.length - rest);
            assertThat(out.getPos()).isEqualTo(bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String location) throws IOException {
        try (SeekableInputStream in = files.newInputFile(location).newStream()) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsWhatItWroteInOneRequestAndInParts() throws IOException {
        for (int size : new int[] {0, 1, S3OutputStream.PART_BYTES, 2 * S3OutputStream.PART_BYTES + 12_345}) {
            String location = "s3://lake/sizes/" + size;
            write(location, random(size));

            assertThat(files.newInputFile(location).getLength()).isEqualTo(size);
            assertThat(read(location)).isEqualTo(random(size));
        }
        assertThat(read("s3a://lake/sizes/1")).isEqualTo(random(1));
    }

    @Test
    void readsFromAnyPlace() throws IOException {
        byte[] bytes = random(300_000);
        write("s3://lake/places", bytes);
        try (SeekableInputStream in = files.newInputFile("s3://lake/places").newStream()) {
            for (int place : new int[] {299_999, 0, 65_535, 65_536, 150_000, 10}) {
                in.seek(place);
                assertThat(in.read()).isEqualTo(bytes[place] & 0xff);
                assertThat(in.getPos()).isEqualTo(place + 1L);
            }
            in.seek(300_000);
            assertThat(in.read()).isEqualTo(-1);
            byte[] some = new byte[6];
            ((RangeReadable) in).readFully(1_000, some, 1, 4);
            assertThat(some).containsExactly(0, bytes[1_000], bytes[1_001], bytes[1_002], bytes[1_003], 0);
            assertThat(((RangeReadable) in).readTail(some, 0, 2)).isEqualTo(2);
            assertThat(some).startsWith(bytes[299_998], bytes[299_999]);
        }
    }

    @Test
    void showsNothingBeforeItIsClosed() throws IOException {
        try (PositionOutputStream out =
                files.newOutputFile("s3://lake/hidden/a.parquet").create()) {
            out.write(random(S3OutputStream.PART_BYTES + 1));

            assertThat(files.newInputFile("s3://lake/hidden/a.parquet").exists())
                    .isFalse();
        }
        assertThat(files.newInputFile("s3://lake/hidden/a.parquet").exists()).isTrue();
    }

    @Test
    void createsNothingWhereSomethingIs() {
        write("s3://lake/once", random(1));
        assertThatThrownBy(() -> files.newOutputFile("s3://lake/once").create())
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("Cannot create 's3://lake/once': it exists");
    }

    @Test
    void saysWhichFileIsNotThere() {
        assertThatThrownBy(() -> read("s3://lake/nothing"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("Cannot read 's3://lake/nothing': ");
        files.deleteFile("s3://lake/nothing");
    }

    @Test
    void listsAndDeletesWhatIsBelowAPrefix() {
        List.of("a", "b/c", "bd").forEach(name -> write("s3://lake/listed/" + name, random(3)));
        assertThat(list("s3://lake/listed/b")).containsExactly("s3://lake/listed/b/c", "s3://lake/listed/bd");

        files.deletePrefix("s3://lake/listed/b");
        assertThat(list("s3://lake/listed/")).containsExactly("s3://lake/listed/a");
    }

    private static List<String> list(String prefix) {
        List<String> found = new ArrayList<>();
        for (FileInfo file : files.listPrefix(prefix)) {
            found.add(file.location());
        }
        return found;
    }

    @Test
    void givesUpWhatAProcessThatIsGoneHasBegun() {
        S3Store store = new S3Store(S3Properties.access(Map.of(
                TableFiles.ENDPOINT, s3.endpoint(),
                TableFiles.PATH_STYLE, "true",
                TableFiles.ACCESS_KEY, "key-id",
                TableFiles.SECRET_KEY, "the-secret")));
        store.begin(S3Location.of("s3://lake/begun/data/mine-1.parquet"));
        store.begin(S3Location.of("s3://lake/begun/data/day=1/mine-2.parquet"));
        store.begin(S3Location.of("s3://lake/begun/data/theirs-1.parquet"));

        files.discardUnfinished("s3://lake/begun/data/", name -> name.startsWith("mine-"));

        assertThat(store.begun(S3Location.of("s3://lake/begun/")).map(begun -> begun.key()))
                .containsExactly("begun/data/theirs-1.parquet");
        store.close();
    }

    @Test
    void saysWhatIsWrongWithWhoAsks() {
        try (TableFiles stranger = files("another-secret")) {
            assertThatThrownBy(() -> stranger.probe("s3://lake/"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot list 's3://lake/': SignatureDoesNotMatch")
                    .hasMessageContaining("correct 's3-secret-key'")
                    .hasMessageNotContaining("another-secret");
        }
        assertThatThrownBy(() -> files.probe("s3://ocean/"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("create the bucket or correct 'warehouse'");
    }

    @Test
    void keepsFilesOfThisMachineAsWell() throws IOException {
        String location = "file://" + directory.resolve("deep/file");
        write(location, "rows".getBytes(UTF_8));
        assertThat(new String(read(location), UTF_8)).isEqualTo("rows");
        assertThat(list("file://" + directory)).containsExactly(location);
        files.deleteFiles(List.of(location));
        assertThat(list("file://" + directory)).isEmpty();
    }

    @Test
    void goesOnWhereAFileOfThisMachineCannotBeDeleted() throws IOException {
        Path full = directory.resolve("full");
        Files.createDirectories(full.resolve("inner"));
        Path file = Files.writeString(directory.resolve("file"), "content");
        write("s3://lake/beside", random(10));

        assertThatThrownBy(() -> files.deleteFiles(List.of(full.toString(), file.toString(), "s3://lake/beside")))
                .isInstanceOfSatisfying(
                        BulkDeletionFailureException.class,
                        failure -> assertThat(failure.numberFailedObjects()).isEqualTo(1));
        assertThat(file).doesNotExist();
        assertThat(files.listPrefix("s3://lake/beside")).isEmpty();
    }

    @Test
    void listsNoNeighboursOfADirectory() throws IOException {
        Path neighbour = Files.createDirectories(directory.resolve("orders_archive"));
        Files.writeString(neighbour.resolve("file"), "content");

        assertThat(files.listPrefix(directory + "/orders/")).isEmpty();
        assertThat(files.listPrefix(directory + "/orders")).hasSize(1);
        Files.createDirectory(directory.resolve("orders"));
        assertThat(files.listPrefix(directory + "/orders/")).isEmpty();
        assertThat(files.listPrefix("file://" + directory + "/orders_archive/")).hasSize(1);
    }
}
