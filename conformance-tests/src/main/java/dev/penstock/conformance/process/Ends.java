package dev.penstock.conformance.process;

import dev.penstock.spi.ResumeState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Where partitions came to their ends, told by markers of this very process. */
final class Ends {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PrintStream stream() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    Map<String, ResumeState> states() {
        Map<String, ResumeState> states = new HashMap<>();
        bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(Markers.SIGN))
                .map(Marker::of)
                .filter(marker -> marker.kind().equals(Markers.END))
                .forEach(marker -> {
                    String[] parts = marker.text().split(" ", -1);
                    states.put(parts[0], new ResumeState(1, HexFormat.of().parseHex(parts[1])));
                });
        return states;
    }
}
