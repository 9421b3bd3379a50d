package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops messages into one lane, one for each writer and epoch that has rows. */
final class QueueSink implements Sink {
    private final SinkSettings settings;
    private Optional<Opened> opened = Optional.empty();
    private boolean used;

    /** What is known once the sink is open. */
    private record Opened(Path queue, String sinkId, long generation) {}

    QueueSink(SinkSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(ConnectorContext context) {
        if (used) {
            throw new IllegalStateException("Cannot open a sink again");
        }
        used = true;
        Path queue = context.baseDirectory().resolve(settings.path());
        if (!Files.isDirectory(queue)) {
            throw new ConfigException(
                    "path",
                    Problem.Code.NOT_FOUND,
                    "Cannot open queue '" + queue + "': there is no such directory",
                    "create it or correct 'path'");
        }
        opened = Optional.of(new Opened(queue, context.pipeline() + "/" + context.stepId(), context.generation()));
    }

    private Opened opened() {
        return opened.orElseThrow(() -> new IllegalStateException("Cannot use a sink that is not open"));
    }

    private Lane lane() {
        return new Lane(opened().queue().resolve(settings.lane()));
    }

    @Override
    public void provision() {
        try {
            Files.createDirectories(lane().directory());
            Files.createDirectories(
                    Staging.of(opened().queue(), opened().sinkId()).directory());
        } catch (IOException e) {
            throw QueueFailure.of("create lane", lane().directory(), e);
        }
    }

    /** Removes what is staged, and the lane if nothing is in it. */
    @Override
    public void deprovision() {
        try {
            Staging.of(opened().queue(), opened().sinkId()).delete();
            Files.deleteIfExists(lane().directory());
        } catch (DirectoryNotEmptyException e) {
            // Messages that were dropped belong to those who take them.
        } catch (IOException e) {
            throw QueueFailure.of("remove lane", lane().directory(), e);
        }
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        opened();
        List<Problem> problems = new ArrayList<>();
        if (mode.kind() == WriteMode.Kind.UPSERT) {
            problems.add(
                    Problem.error("mode", Problem.Code.UNSUPPORTED, "messages can only be added", "use mode: append"));
        }
        if (!Payload.isIn(input) || input.size() > 1) {
            problems.add(Problem.error(
                    "format",
                    Problem.Code.INCOMPATIBLE,
                    "messages hold encoded records; the rows have " + input,
                    "give a format, for example ndjson"));
        }
        return problems.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Reject(problems);
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Staging staging = Staging.of(opened().queue(), slot.sinkId());
        QueueWriter writer = new QueueWriter(staging, slot, new Ledger(staging, opened().generation()));
        writer.start();
        return writer;
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        Staging staging = Staging.of(opened().queue(), sinkId);
        return new QueueCommitter(lane(), staging, new Ledger(staging, opened().generation()));
    }

    @Override
    public void close() {
        used = true;
        opened = Optional.empty();
    }
}
