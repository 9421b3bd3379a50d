package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final class Fuse {
        private int left;
        private final boolean after;

        Fuse(int left, boolean after) {
            this.left = left;
            this.after = after;
        }

        Object around(InvocationHandler action, Object proxy, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            boolean last = left-- == 0;
            if (last && !after) {
                throw new Crash();
            }
            Object result = action.invoke(proxy, method, arguments);
            if (last) {
                throw new Crash();
            }
            return result;
        }
    }

    private static TableFiles fused(TableFiles files, Fuse fuse) {
        InvocationHandler direct = (proxy, method, arguments) -> {
            try {
                return method.invoke(files, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (TableFiles) Proxy.newProxyInstance(
                TableFiles.class.getClassLoader(),
                new Class<?>[] {TableFiles.class},
                (proxy, method, arguments) -> fuse.around(direct, proxy, method, arguments));
    }

    private static final class MemoryStore implements EpochLoop.Store {
        private final AtomicReference<EpochLoop.State> state = new AtomicReference<>(EpochLoop.State.FIRST);

        @Override
        public EpochLoop.State load() {
            return state.get();
        }

        @Override
        public void save(EpochLoop.State newState) {
            state.set(new EpochLoop.State(
                    newState.sealed(), java.util.List.copyOf(newState.pending()), newState.incarnations()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsEachRowOnceWhereverItCrashes(boolean after) {
        int crashes = 0;
        boolean crashed = true;
        for (int point = 0; crashed; point++) {
            Path place = directory.resolve("at-" + point);
            crashed = crashesAt(place, new Fuse(point, after), 1 + point % 2);
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
        assertThat(crashes).isGreaterThan(20);
    }

    private static boolean crashesAt(Path place, Fuse fuse, int writers) {
        MemoryStore store = new MemoryStore();
        boolean crashed = false;
        try {
            EpochLoop.run(
                    builder(place).files(location -> fused(TableFiles.of(location), fuse)), writers, store, EPOCHS);
        } catch (Crash e) {
            crashed = true;
            EpochLoop.run(builder(place), 3 - writers, store, EPOCHS);
        }
        return crashed;
    }

    private static Incarnation.Builder builder(Path place) {
        return Incarnation.in(place, EpochLoop.SCHEMA).mode(EpochLoop.MODE);
    }
}
