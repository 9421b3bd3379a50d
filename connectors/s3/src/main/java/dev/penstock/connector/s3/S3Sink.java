package dev.penstock.connector.s3;

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
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes records to objects, which become visible at commit. */
final class S3Sink implements Sink {
    private final SinkSettings settings;
    private volatile @Nullable Target target;
    private volatile boolean closed;

    S3Sink(SinkSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(ConnectorContext context) {
        if (closed || target != null) {
            throw new IllegalStateException("Cannot open a sink a second time");
        }
        Bucket bucket = new Bucket(settings.connection());
        target = new Target(settings, bucket, context.pipeline() + "/" + context.stepId(), context.generation());
        probe(bucket);
    }

    private void probe(Bucket bucket) {
        try (Requests requests = new Requests("s3-open", 1)) {
            requests.call("write to " + settings.connection().shown(), () -> {
                bucket.probeWriting();
                return true;
            });
        }
    }

    /** What is wrong outside; changes nothing. */
    void check() {
        try (Bucket bucket = new Bucket(settings.connection())) {
            probe(bucket);
        }
    }

    private Target target() {
        Target now = target;
        if (now == null) {
            throw new IllegalStateException("Cannot use a sink that is not open");
        }
        return now;
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        target();
        List<Problem> problems = new ArrayList<>();
        if (mode.kind() == WriteMode.Kind.UPSERT) {
            problems.add(Problem.error(
                    "mode", Code.UNSUPPORTED, "objects can only be added", "use mode: append, or another sink"));
        }
        if (settings.framing() == Framing.DOCUMENT) {
            problems.add(Problem.error(
                    Payload.FRAMING, Code.UNSUPPORTED, "documents can only be read", "use another format"));
        }
        if (Payload.isIn(input)) {
            checkColumns(input, problems);
        } else {
            problems.add(Problem.error(
                    "format", Code.MISSING, "the rows are not encoded: " + input, "give a format, for example ndjson"));
        }
        return problems.isEmpty() ? new SinkPlan.Accept() : new SinkPlan.Reject(problems);
    }

    private void checkColumns(Schema input, List<Problem> problems) {
        String setting = SinkSettings.PARTITION_COLUMN.name();
        Set<String> unused = new HashSet<>(input.names());
        unused.remove(Payload.COLUMN);
        settings.partitionColumn().ifPresent(name -> {
            unused.remove(name);
            if (input.find(name).isEmpty()) {
                problems.add(Problem.error(
                        setting, Code.NOT_FOUND, "column '" + name + "' is not there: " + input, "correct it"));
            } else if (input.field(name).type() != DataType.STRING) {
                problems.add(Problem.error(
                        setting,
                        Code.INCOMPATIBLE,
                        "column '" + name + "' is of type "
                                + input.field(name).type().text() + " and must be string",
                        "cast it, or use another column"));
            }
        });
        if (!unused.isEmpty()) {
            problems.add(Problem.error(
                    "format",
                    Code.INCOMPATIBLE,
                    "columns " + unused.stream().sorted().toList() + " have no place beside the record",
                    "drop them, or decode the records and give a format"));
        }
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        S3SinkWriter writer = new S3SinkWriter(target(), slot);
        writer.start();
        return writer;
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return new S3Committer(target(), sinkId);
    }

    /** Throws away what was begun, and what commits need; objects stay. */
    @Override
    public void deprovision() {
        Target now = target();
        try (Requests requests = new Requests("s3-deprovision", 1)) {
            requests.call("clean " + now.shown(), () -> {
                new Strays(now.bucket(), settings.connection().prefix(), now.sinkId()).abort(name -> true);
                now.owner(now.sinkId()).delete();
                return true;
            });
        }
    }

    @Override
    public void close() {
        Target now = target;
        target = null;
        closed = true;
        if (now != null) {
            now.bucket().close();
        }
    }
}
