package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives staged messages their numbers and drops them into the lane. */
final class QueueCommitter implements SinkCommitter {
    private final Lane lane;
    private final Staging staging;
    private final Ledger ledger;

    QueueCommitter(Lane lane, Staging staging, Ledger ledger) {
        this.lane = lane;
        this.staging = staging;
        this.ledger = ledger;
    }

    @Override
    public void claim() {
        try {
            ledger.claim();
            finish();
        } catch (IOException e) {
            throw QueueFailure.of("claim", staging.directory(), e);
        }
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        try {
            ledger.check();
            finish();
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            Map<String, Long> numbers = new LinkedHashMap<>();
            long next = Math.max(lane.last().orElse(0), ledger.last().orElse(0)) + 1;
            for (Prepared handle : handles) {
                Outcome outcome = look(StagedMessage.fileName(handle));
                outcomes.put(handle, outcome);
                if (outcome == Outcome.COMMITTED) {
                    numbers.put(StagedMessage.fileName(handle), next++);
                }
            }
            if (!numbers.isEmpty()) {
                ledger.note(numbers);
                finish();
            }
            return outcomes;
        } catch (IOException e) {
            throw QueueFailure.of("commit to", lane.directory(), e);
        }
    }

    /** Noted: it was committed. Staged: it is to be. Neither: it is gone, and nobody may say that all is well. */
    private Outcome look(String name) throws IOException {
        if (ledger.number(name).isPresent()) {
            return Outcome.ALREADY_COMMITTED;
        }
        return Files.exists(staging.file(name)) ? Outcome.COMMITTED : Outcome.LOST;
    }

    /** Drops every staged message that has a number, in the order of numbers. */
    private void finish() throws IOException {
        Map<Long, String> noted = new TreeMap<>();
        for (String name : staging.names()) {
            ledger.number(name).ifPresent(number -> noted.put(number, name));
        }
        for (Map.Entry<Long, String> message : noted.entrySet()) {
            try {
                Files.move(
                        staging.file(message.getValue()),
                        lane.message(message.getKey()),
                        StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // A newer incarnation has done it in the meantime.
            }
        }
        if (!noted.isEmpty()) {
            Lane.force(lane.directory());
        }
    }

    @Override
    public void abort(List<Prepared> handles) {
        try {
            for (Prepared handle : handles) {
                String name = StagedMessage.fileName(handle);
                if (ledger.number(name).isEmpty()) {
                    Files.deleteIfExists(staging.file(name));
                }
            }
        } catch (IOException e) {
            throw QueueFailure.of("abort in", staging.directory(), e);
        }
    }

    @Override
    public void close() {}
}
