package dev.penstock.engine.embedded.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.engine.embedded.store.RecoveryStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run leaves to the next one beside positions, kept with the pipeline's state. */
final class RememberedFacts {
    private static final String COLUMNS = "columns";
    private static final String FINGERPRINT = "fingerprint";

    private final RecoveryStore store;

    RememberedFacts(RecoveryStore store) {
        this.store = store;
    }

    /** What the resolver of columns asked to remember. */
    Map<String, String> columns() {
        Map<String, String> found = new TreeMap<>();
        store.recall(COLUMNS)
                .ifPresent(text -> text.lines().forEach(line -> {
                    int end = line.indexOf('=');
                    found.put(decode(line.substring(0, end)), decode(line.substring(end + 1)));
                }));
        return found;
    }

    /** Keeps what the resolver of columns asked to remember. */
    void columns(Map<String, String> columns) {
        if (!columns.equals(columns())) {
            store.remember(
                    COLUMNS,
                    new TreeMap<>(columns)
                            .entrySet().stream()
                                    .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                                    .collect(Collectors.joining("\n")));
        }
    }

    /** Keeps the fingerprint of the plan and gives the one before. */
    Optional<String> replaceFingerprint(String fingerprint) {
        Optional<String> before = store.recall(FINGERPRINT);
        if (!before.equals(Optional.of(fingerprint))) {
            store.remember(FINGERPRINT, fingerprint);
        }
        return before;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
