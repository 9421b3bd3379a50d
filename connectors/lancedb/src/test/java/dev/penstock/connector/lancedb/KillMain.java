package dev.penstock.connector.lancedb;

import java.nio.file.Path;

/** Writes epochs until it is killed or done: {@code KillMain directory writers lastEpoch}. */
final class KillMain {
    private KillMain() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        Incarnation.Builder builder = Incarnation.in(directory, EpochLoop.SCHEMA)
                .set("compact-fragments", 8)
                .set("keep-versions", "1s");
        FileStore store = new FileStore(directory.resolve("state"));
        EpochLoop.run(builder, Integer.parseInt(arguments[1]), store, Long.parseLong(arguments[2]));
    }
}
