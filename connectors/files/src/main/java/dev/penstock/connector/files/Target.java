package dev.penstock.connector.files;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.records.Compression;
import dev.penstock.format.records.PartNaming;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload.Framing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a sink writes, and how it names what it writes.
 *
 * @param directory holds the part files, or the one file that grows
 * @param single the one file, if it is one
 */
record Target(Path directory, Optional<Path> single, SinkSettings settings) {
    /** Hidden, so that readers of the directory, this connector among them, leave it alone. */
    static final String STAGING = ".penstock";

    private static final Pattern FILE = Pattern.compile(".+\\.[A-Za-z][A-Za-z0-9]*");

    static Target of(SinkSettings settings, Path base) {
        Path path = base.resolve(settings.path()).toAbsolutePath().normalize();
        boolean directory = settings.path().endsWith("/")
                || Files.isDirectory(path)
                || path.getParent() == null
                || !FILE.matcher(String.valueOf(path.getFileName())).matches();
        return directory
                ? new Target(path, Optional.empty(), settings)
                : new Target(requireNonNull(path.getParent()), Optional.of(path), settings);
    }

    /** Where files of {@code sinkId} are until they are committed; in the same file system. */
    Path staging(String sinkId) {
        String name = single.map(file -> file.getFileName() + ":" + sinkId).orElse(sinkId);
        return directory.resolve(STAGING).resolve(PartNaming.directory(sinkId, name));
    }

    /** The visible name of a part. */
    String partName(String sinkId, EpochId epoch, int writer, int sequence) {
        return new PartNaming(settings.prefix(), settings.extension(), settings.framing(), compression())
                .name(sinkId, epoch, writer, sequence);
    }

    /** How what is written is packed; never {@link Compression#AUTO}. */
    Compression compression() {
        Optional<String> end = single.map(Path::toString).or(settings::extension);
        return new PartNaming(settings.prefix(), end, settings.framing(), settings.compression()).compression();
    }

    /** Whether each record has a file of its own. */
    boolean isFilePerRecord() {
        return settings.framing() == Framing.WHOLE && single.isEmpty();
    }
}
