package dev.penstock.cli.plugin;

import dev.penstock.spi.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the index of every connector directory; run when the distribution is built. */
final class IndexConnectors {
    private IndexConnectors() {}

    /** Takes the directory that holds the connector directories. */
    public static void main(String[] arguments) throws IOException {
        FilteredParent parent = new FilteredParent(IndexConnectors.class.getClassLoader());
        List<Path> directories;
        try (Stream<Path> entries = Files.list(Path.of(arguments[0]))) {
            directories = entries.filter(Files::isDirectory).sorted().toList();
        }
        for (Path directory : directories) {
            Files.deleteIfExists(directory.resolve(ConnectorDirectory.INDEX));
            String names = new ConnectorDirectory(directory, parent)
                    .load().stream()
                            .map(Connector::descriptor)
                            .map(d -> d.name())
                            .sorted()
                            .collect(Collectors.joining(","));
            Files.writeString(
                    directory.resolve(ConnectorDirectory.INDEX), ConnectorDirectory.NAMES + "=" + names + "\n");
        }
    }
}
