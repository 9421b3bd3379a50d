package dev.penstock.connector.files;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Problem.Code;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes records to files, which become visible at commit. */
final class FilesSink implements Sink {
    private final SinkSettings settings;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    FilesSink(SinkSettings settings) {
        this.settings = settings;
    }

    /** What is known once the sink is open. */
    private record Opened(Target target, String sinkId, long generation) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened.isPresent()) {
            throw new IllegalStateException("Cannot open a sink a second time");
        }
        String sinkId = context.pipeline() + "/" + context.stepId();
        opened = Optional.of(new Opened(Target.of(settings, context.baseDirectory()), sinkId, context.generation()));
    }

    private Opened opened() {
        return opened.orElseThrow(() -> new IllegalStateException("Cannot use a sink that is not open"));
    }

    @Override
    public void provision() {
        Path directory = opened().target().directory();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw FileFailure.of("create directory", directory, SinkSettings.PATH.name(), e);
        }
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        List<Problem> problems = new ArrayList<>();
        if (mode.kind() == WriteMode.Kind.UPSERT) {
            problems.add(Problem.error(
                    "mode", Code.UNSUPPORTED, "files can only be added to", "use mode: append, or another sink"));
        }
        if (settings.framing() == Framing.DOCUMENT) {
            problems.add(Problem.error(
                    Payload.FRAMING, Code.UNSUPPORTED, "documents can only be read", "use another format"));
        }
        if (!Payload.isIn(input)) {
            problems.add(Problem.error(
                    "format", Code.MISSING, "the rows are not encoded: " + input, "give a format, for example ndjson"));
        } else if (input.size() > 1) {
            problems.add(Problem.error(
                    "format",
                    Code.INCOMPATIBLE,
                    "files hold nothing but the column 'record'; the rows have " + input,
                    "drop the other columns, or decode the records and give a format"));
        }
        return problems.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Reject(problems);
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Target target = opened().target();
        FilesSinkWriter writer =
                new FilesSinkWriter(target, slot, new Fence(target.staging(slot.sinkId()), opened().generation()));
        writer.start();
        return writer;
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        Target target = opened().target();
        Fence fence = new Fence(target.staging(sinkId), opened().generation());
        return target.single().isPresent()
                ? new AppendCommitter(target, target.single().get(), sinkId, fence)
                : new PartCommitter(target, sinkId, fence);
    }

    /** Removes the staged files of the step, and the directory if nothing else is in it; what is visible stays. */
    @Override
    public void deprovision() {
        Path staging = opened().target().staging(opened().sinkId());
        try {
            Durable.delete(staging);
            Path directory = opened().target().directory();
            Durable.deleteIfEmpty(directory.resolve(Target.STAGING));
            Durable.deleteIfEmpty(directory);
        } catch (IOException e) {
            throw FileFailure.of("delete", staging, SinkSettings.PATH.name(), e);
        }
    }

    /** Whether the directory, or the nearest one above it that exists, can be written to. */
    List<Problem> check(ConnectorContext context) {
        Target target = Target.of(settings, context.baseDirectory());
        Path nearest = target.directory();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            return List.of(problem(Code.NOT_FOUND, "'" + nearest + "' is not a directory"));
        }
        return Files.isWritable(nearest)
                ? List.of()
                : List.of(problem(Code.PRIVILEGE, "the process may not write to '" + nearest + "'"));
    }

    private static Problem problem(Code code, String reason) {
        return Problem.error(SinkSettings.PATH.name(), code, reason, "choose another path, or give it access");
    }

    @Override
    public void close() {
        closed = true;
        opened = Optional.empty();
    }
}
