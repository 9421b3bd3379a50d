package dev.penstock.engine.embedded.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands beside the state file and tells an older or another file from the one that was used last.
 *
 * <p>It is written after the state file and never flushed for its own sake: after a loss of power it may be behind,
 * which is harmless, but it is never ahead.
 *
 * @param store the id of the state file, or the empty string before there is one
 * @param generation of the last lease
 * @param epoch the last that is known to be sealed, or -1
 * @param moved the last that is known to have been moved from SQLite's log to the database file, or -1
 * @param owner who holds the lock of the host, or held it last
 */
record Witness(String store, long generation, long epoch, long moved, Owner owner) {
    /** The room a witness takes, so that rewriting it is one small write in place. */
    static final int SIZE = 1024;

    private static final String MARK = "penstock-state-1";

    /** The same with a newer epoch. */
    Witness at(long newEpoch) {
        return new Witness(store, generation, newEpoch, moved, owner);
    }

    /** The same, with all of it in the database file. */
    Witness allMoved() {
        return new Witness(store, generation, epoch, epoch, owner);
    }

    /** The same with another owner. */
    Witness of(Owner newOwner) {
        return new Witness(store, generation, epoch, moved, newOwner);
    }

    ByteBuffer bytes() {
        String text = MARK
                + "\nstore=" + store
                + "\ngeneration=" + generation
                + "\nepoch=" + epoch
                + "\nmoved=" + moved
                + "\nhost=" + owner.host()
                + "\nprocess=" + owner.process()
                + "\nrun=" + owner.runId()
                + "\nend=";
        byte[] padded = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), SIZE);
        for (int i = text.length(); i < SIZE; i++) {
            padded[i] = padded[i] == 0 ? (byte) '\n' : padded[i];
        }
        return ByteBuffer.wrap(padded);
    }

    /** Reads what {@link #bytes} gave; empty if it is not whole. */
    static Optional<Witness> of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Map<String, String> values = text.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> second));
        if (!text.startsWith(MARK + "\n") || !values.containsKey("end")) {
            return Optional.empty();
        }
        try {
            Owner owner = new Owner(
                    values.getOrDefault("host", ""),
                    Long.parseLong(values.getOrDefault("process", "")),
                    values.getOrDefault("run", ""));
            return Optional.of(new Witness(
                    values.getOrDefault("store", ""),
                    Long.parseLong(values.getOrDefault("generation", "")),
                    Long.parseLong(values.getOrDefault("epoch", "")),
                    Long.parseLong(values.getOrDefault("moved", "")),
                    owner));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
