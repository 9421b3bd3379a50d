package dev.penstock.conformance.process;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.util.HexFormat;

/** A handle as one word, for another process. */
final class PreparedText {
    private PreparedText() {}

    static String of(Prepared handle) {
        return String.join(
                ":",
                handle.epoch().runId(),
                String.valueOf(handle.epoch().epoch()),
                String.valueOf(handle.writer()),
                String.valueOf(handle.handle().version()),
                HexFormat.of().formatHex(handle.handle().bytes()),
                String.valueOf(handle.rows()),
                String.valueOf(handle.bytes()));
    }

    static Prepared parse(String text) {
        String[] parts = text.split(":", -1);
        return new Prepared(
                new EpochId(parts[0], Long.parseLong(parts[1])),
                Integer.parseInt(parts[2]),
                new ResumeState(Integer.parseInt(parts[3]), HexFormat.of().parseHex(parts[4])),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }
}
