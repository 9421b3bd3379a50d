package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.position;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.spi.EpochId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The main class of a {@link StoreProcess}: owns a store and obeys what comes by standard input, line by line. */
final class StoreCommands {
    /** The keys that each epoch of {@link #epoch} rewrites. */
    static final int KEYS = 400;

    private final Path directory;
    private final SqliteRecoveryStore store;

    private StoreCommands(Path directory, SqliteRecoveryStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** The directory, the pipeline and the host's name are the arguments. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, arguments[1], Duration.ofMillis(500))) {
            Owner owner = new Owner(arguments[2], ProcessHandle.current().pid(), "child");
            System.out.println("claimed " + store.claim(owner));
            StoreCommands obedient = new StoreCommands(directory, store);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                obedient.attempt(line.split(" ", 2));
            }
        } catch (RuntimeException e) {
            System.out.println("failed " + e);
        }
    }

    private void attempt(String[] command) {
        try {
            obey(command);
        } catch (RuntimeException | IOException e) {
            System.out.println("failed " + e);
        }
    }

    private void obey(String[] command) throws IOException {
        switch (command[0]) {
            case "seal" -> {
                store.seal(epoch(Long.parseLong(command[1])));
                System.out.println("sealed " + command[1]);
            }
            case "run" -> {
                for (long number = Long.parseLong(command[1]); true; number++) {
                    store.seal(epoch(number));
                    System.out.println("sealed " + number);
                }
            }
            case "check" -> System.out.println("found " + wholeEpoch(store));
            case "ballast" -> Files.write(directory.resolve("ballast"), new byte[Integer.parseInt(command[1]) << 10]);
            case "free" -> Files.delete(directory.resolve("ballast"));
            case "remember" -> store.remember(command[1], "child");
            case "committed" -> store.markCommitted("out", List.of(new EpochId("child", Long.parseLong(command[1]))));
            case "renew" -> store.renew();
            default -> {
                store.close();
                System.out.println("closed");
            }
        }
    }

    /** An epoch that rewrites everything, so that half an epoch would show. */
    static SealedEpoch epoch(long number) {
        List<KeyChange> changes = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            Optional<byte[]> value = value(key, number).map(States::bytes);
            changes.add(new KeyChange("count", States.bytes("key-" + key), value));
        }
        return new SealedEpoch(
                new EpochId("child", number),
                List.of(position("a", Long.toString(number)), position("b", Long.toString(number))),
                List.of(),
                List.of(States.handle(number, 0)),
                List.of(States.snapshot(0, Long.toString(number))),
                changes);
    }

    private static Optional<String> value(int key, long number) {
        return (key + number) % 7 == 0 ? Optional.empty() : Optional.of("value-" + number);
    }

    /** The epoch that the store is at, which must have left exactly what {@link #epoch} says; -1 for none. */
    static long wholeEpoch(RecoveryStore store) {
        Recovered found = store.recover();
        long number = found.epoch();
        if (number < 0) {
            require(found.steps().isEmpty(), "nothing before the first epoch, but found " + found.steps());
            return number;
        }
        SealedEpoch whole = epoch(number);
        require(found.positions().equals(whole.positions()), "positions of epoch " + number);
        require(found.snapshots().equals(whole.snapshots()), "snapshots of epoch " + number);
        require(
                found.pending().size() == number,
                "one handle an epoch, but found " + found.pending().size());
        require(found.pending().get((int) number - 1).equals(whole.handles().get(0)), "the handle of epoch " + number);
        Map<String, String> keys = new TreeMap<>();
        for (int key = 0; key < KEYS; key++) {
            int named = key;
            value(key, number).ifPresent(value -> keys.put("key-" + named, value));
        }
        require(States.keys(store).equals(keys), "the keys of epoch " + number);
        return number;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("Expected " + what);
        }
    }
}
