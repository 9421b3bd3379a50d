package dev.penstock.connector.files;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.records.Glob;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads files; each is a partition, named by its path below the root. */
final class FilesSource implements Source {
    private final SourceSettings settings;
    private final Glob glob;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    FilesSource(SourceSettings settings) {
        this.settings = settings;
        try {
            this.glob = Glob.of(settings.globs());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    SourceSettings.GLOB.name(), Problem.Code.INVALID, String.valueOf(e.getMessage()), "correct it");
        }
    }

    /** What is known once the source is open. */
    private record Opened(Path path, Clock clock) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened.isPresent()) {
            throw new IllegalStateException("Cannot open a source twice");
        }
        Path path = context.baseDirectory()
                .resolve(settings.path())
                .toAbsolutePath()
                .normalize();
        opened = Optional.of(new Opened(path, context.clock()));
    }

    private Opened opened() {
        requireOpen();
        return opened.orElseThrow();
    }

    private void requireOpen() {
        if (opened.isEmpty()) {
            throw new IllegalStateException("Cannot use a source that is not open");
        }
    }

    @Override
    public Schema schema() {
        requireOpen();
        return settings.framing() == Framing.DOCUMENT ? WholeRows.DOCUMENT : WholeRows.RECORD;
    }

    @Override
    public Discovery discover(Duration maxWait) {
        Path path = opened().path();
        try {
            return new Discovery(partitions(names(path)), !settings.follow());
        } catch (NoSuchFileException e) {
            if (settings.follow()) {
                return new Discovery(List.of(), false);
            }
            throw FileFailure.of("read", path, SourceSettings.PATH.name(), e);
        } catch (IOException e) {
            throw FileFailure.of("list", path, SourceSettings.PATH.name(), e);
        }
    }

    private List<FileName> names(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new FileTree(path, glob, settings.followLinks()).list();
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new ConfigException(
                    SourceSettings.PATH.name(),
                    Problem.Code.INVALID,
                    "Cannot read '" + path + "': it is neither a file nor a directory",
                    "give one that is");
        }
        return List.of(FileName.of(requireNonNull(path.getParent()), path));
    }

    private List<Partition> partitions(List<FileName> names) {
        Set<String> ids = new HashSet<>(names.size() * 2);
        List<Partition> partitions = new ArrayList<>(names.size());
        for (FileName name : names) {
            if (ids.add(name.id())) {
                partitions.add(new Partition(name.id(), name.descriptor(), !settings.follow()));
            }
        }
        return partitions;
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        FileName name = FileName.ofDescriptor(partition.descriptor());
        Path file = name.in(root());
        Optional<ResumeState> from = resumeFrom.filter(state -> !UnlistedPartition.STATE.equals(state));
        if (from.isEmpty() && Files.isDirectory(file)) {
            return new UnlistedPartition(name.id(), file, schema());
        }
        return switch (settings.framing()) {
            case LINES, CSV ->
                new RecordPartition(name.id(), file, settings, from.map(state -> RecordState.decode(name.id(), state)));
            case WHOLE, DOCUMENT ->
                new VersionPartition(
                        name,
                        file,
                        settings,
                        opened().clock(),
                        from.map(state -> VersionState.decode(name.id(), state)));
        };
    }

    private Path root() {
        Path path = opened().path();
        return Files.isDirectory(path) || path.getParent() == null ? path : path.getParent();
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        if (RecordState.isKind(state, RecordState.KIND)) {
            return Map.of("offset", String.valueOf(RecordState.decode("", state).offset()));
        }
        return RecordState.isKind(state, VersionState.KIND)
                ? Map.of("size", String.valueOf(VersionState.decode("", state).size()))
                : Map.of();
    }

    @Override
    public void close() {
        closed = true;
        opened = Optional.empty();
    }
}
