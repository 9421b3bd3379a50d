package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks off at every single operation on files, before and after it, and goes on in another incarnation. */
final class CrashTest {
    private static final long EPOCHS = 4;

    @TempDir
    Path directory;

    private static final class Crash extends Error {}

    /** Lets so many operations pass. */
    private static final class FusedFiles implements TableFiles {
        private final TableFiles files;
        private final boolean after;
        private int left;

        FusedFiles(TableFiles files, int left, boolean after) {
            this.files = files;
            this.left = left;
            this.after = after;
        }

        private <T> T pass(Supplier<T> action) {
            boolean last = left-- == 0;
            if (last && !after) {
                throw new Crash();
            }
            T result = action.get();
            if (last) {
                throw new Crash();
            }
            return result;
        }

        private void pass(Runnable action) {
            pass(() -> {
                action.run();
                return true;
            });
        }

        @Override
        public List<String> list(String directory) {
            return pass(() -> files.list(directory));
        }

        @Override
        public boolean exists(String file) {
            return pass(() -> files.exists(file));
        }

        @Override
        public Optional<byte[]> read(String file) {
            return pass(() -> files.read(file));
        }

        @Override
        public void write(String file, byte[] content) {
            pass(() -> files.write(file, content));
        }

        @Override
        public void makeDurable(String directory) {
            pass(() -> files.makeDurable(directory));
        }

        @Override
        public void move(String from, String to) {
            pass(() -> files.move(from, to));
        }

        @Override
        public void delete(String path) {
            pass(() -> files.delete(path));
        }
    }

    private static final class MemoryStore implements EpochLoop.Store {
        private EpochLoop.State state = EpochLoop.State.FIRST;

        @Override
        public EpochLoop.State load() {
            return state;
        }

        @Override
        public void save(EpochLoop.State newState) {
            state = new EpochLoop.State(newState.sealed(), List.copyOf(newState.pending()), newState.incarnations());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsEachRowOnceWhereverItCrashes(boolean after) {
        int crashes = 0;
        boolean crashed = true;
        for (int point = 0; crashed; point += after ? 3 : 1) {
            Path place = directory.resolve("at-" + point);
            crashed = crashesAt(place, point, after);
            crashes += crashed ? 1 : 0;
            assertThat(TableReading.texts(place))
                    .as("crash at operation %d", point)
                    .isEqualTo(EpochLoop.expected(EPOCHS));
            assertThat(place.resolve("db/_penstock/docs").toFile().list((dir, name) -> true))
                    .as("strays of crash at operation %d", point)
                    .allSatisfy(sink -> assertThat(place.resolve("db/_penstock/docs/" + sink)
                                    .toFile()
                                    .list())
                            .isEmpty());
        }
        assertThat(crashes).isGreaterThan(10);
    }

    private static boolean crashesAt(Path place, int point, boolean after) {
        MemoryStore store = new MemoryStore();
        int writers = 1 + point % 2;
        // One fuse for all parts: the writers' files, the committer's.
        FusedFiles fused = new FusedFiles(new LocalFiles(), point, after);
        try {
            EpochLoop.run(builder(place).files(location -> fused), writers, store, EPOCHS);
            return false;
        } catch (Crash e) {
            EpochLoop.run(builder(place), 3 - writers, store, EPOCHS);
            return true;
        }
    }

    private static Incarnation.Builder builder(Path place) {
        return Incarnation.in(place, EpochLoop.SCHEMA).mode(EpochLoop.MODE);
    }
}
