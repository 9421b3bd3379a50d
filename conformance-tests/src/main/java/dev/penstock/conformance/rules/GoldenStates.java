package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * States that releases of a connector wrote, shipped in its jar as {@code META-INF/penstock/golden/NAME-source.txt}.
 *
 * <p>A line for each state: the release, the id and the descriptor of the partition, the version and the bytes of the
 * state, and what {@link Source#describe} said of it; parts are divided by tabs, bytes are hexadecimal. Lines are added
 * with each release and never changed. Lines that begin with # are comments.
 */
final class GoldenStates {
    private static final String COMMENT = "#";
    private static final HexFormat HEX = HexFormat.of();

    private final Connector connector;
    private final String path;
    private final List<Entry> entries;

    private GoldenStates(Connector connector, String path, List<Entry> entries) {
        this.connector = connector;
        this.path = path;
        this.entries = entries;
    }

    /**
     * A state that a release wrote.
     *
     * @param release of the connector
     * @param partition that it is of
     * @param state as it was
     * @param description what the release said of it
     */
    record Entry(String release, Partition partition, ResumeState state, Map<String, String> description) {
        /** The entry as it is written. */
        String line() {
            return String.join(
                    "\t",
                    release,
                    partition.id(),
                    HEX.formatHex(partition.descriptor()),
                    String.valueOf(state.version()),
                    HEX.formatHex(state.bytes()),
                    new TreeMap<>(description)
                            .entrySet().stream()
                                    .map(part -> part.getKey() + "=" + part.getValue())
                                    .collect(Collectors.joining("\t")));
        }

        static Entry parse(String line) {
            String[] parts = line.split("\t", -1);
            Map<String, String> description = new TreeMap<>();
            for (int index = 5; index < parts.length; index++) {
                int end = parts[index].indexOf('=');
                description.put(parts[index].substring(0, end), parts[index].substring(end + 1));
            }
            return new Entry(
                    parts[0],
                    new Partition(parts[1], HEX.parseHex(parts[2]), true),
                    new ResumeState(Integer.parseInt(parts[3]), HEX.parseHex(parts[4])),
                    description);
        }
    }

    /** What is shipped with {@code connector}; nothing if it ships no such file. */
    static GoldenStates of(Connector connector) {
        String path = "META-INF/penstock/golden/" + connector.descriptor().name() + "-source.txt";
        try (InputStream in = connector.getClass().getClassLoader().getResourceAsStream(path)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Entry> entries = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(COMMENT))
                    .map(Entry::parse)
                    .toList();
            return new GoldenStates(connector, path, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** Requires that the present release is among them; says what to add if it is not. */
    void requireRelease(Source source, Partition partition, List<ResumeState> states) {
        String release = connector.descriptor().version();
        if (entries.stream().noneMatch(entry -> entry.release().equals(release))) {
            String lines = states.stream()
                    .map(state -> new Entry(release, partition, state, source.describe(state)).line())
                    .collect(Collectors.joining("\n"));
            throw new RuleViolation(
                    path + " has no state of release " + release + "; later releases could not be tried with it",
                    "add to it, for good:\n" + lines);
        }
    }
}
