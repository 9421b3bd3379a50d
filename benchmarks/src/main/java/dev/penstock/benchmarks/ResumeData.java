package dev.penstock.benchmarks;

import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.spi.EpochId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A state of many keys of 16 bytes with values of 40. */
final class ResumeData {
    static final String PIPELINE = "resume";
    static final String STEP = "count";

    private static final int VALUE_BYTES = 40;
    private static final int KEYS_OF_AN_EPOCH = 100_000;

    private ResumeData() {}

    static void make(Path directory, int keys) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(20261121);
        try (RecoveryStore store = SqliteRecoveryStore.of(directory, PIPELINE)) {
            store.claim(Owner.current("make"));
            store.recover();
            long epoch = 0;
            for (int from = 0; from < keys; from += KEYS_OF_AN_EPOCH) {
                store.seal(new SealedEpoch(
                        new EpochId("make", ++epoch),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        changes(random, from, Math.min(keys, from + KEYS_OF_AN_EPOCH))));
            }
        }
    }

    private static List<KeyChange> changes(Random random, int from, int to) {
        List<KeyChange> changes = new ArrayList<>();
        for (int key = from; key < to; key++) {
            byte[] value = new byte[VALUE_BYTES];
            random.nextBytes(value);
            byte[] name = ByteBuffer.allocate(16)
                    .putLong(key * 0x9E3779B97F4A7C15L)
                    .putLong(key)
                    .array();
            changes.add(new KeyChange(STEP, name, Optional.of(value)));
        }
        return changes;
    }

    static void readWithDriver(Path directory, int keys) throws SQLException {
        Map<ByteBuffer, byte[]> state = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("resume.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key, value FROM keyed")) {
            while (rows.next()) {
                state.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getBytes(2));
            }
        }
        expect(keys, state.size());
    }

    static void expect(int keys, int found) {
        if (keys != found) {
            throw new IllegalStateException("Expected " + keys + " keys, but found " + found);
        }
    }
}
