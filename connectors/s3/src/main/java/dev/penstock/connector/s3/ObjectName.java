package dev.penstock.connector.s3;

import dev.penstock.format.records.PartNaming;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.WriterSlot;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the last part of a key tells: it sorts as it was written, no other run or pipeline can come upon the same, and
 * uploads that a crash left behind are known by it.
 *
 * @param sink stands for the sink
 */
record ObjectName(long epoch, int writer, String sink) {
    private static final Pattern NAME =
            Pattern.compile("(?:.*/)?[^/]*-(\\d{10,18})-(\\d{1,9})-\\d{6,}-([0-9a-f]{10})-[0-9a-f]{10}(?:\\.[^/]*)?");

    /** The name of a new object. */
    static String of(PartNaming naming, WriterSlot slot, EpochId epoch, int sequence) {
        return String.format(
                Locale.ROOT,
                "%s-%010d-%d-%06d-%s-%s%s",
                naming.prefix(),
                epoch.epoch(),
                slot.index(),
                sequence,
                PartNaming.digest(slot.sinkId()),
                PartNaming.digest(epoch.runId()),
                naming.suffix());
    }

    /** What {@code key} tells, if it is of an object that a sink has written. */
    static Optional<ObjectName> parse(String key) {
        Matcher matcher = NAME.matcher(key);
        return matcher.matches()
                ? Optional.of(new ObjectName(
                        Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    boolean isOf(String sinkId) {
        return sink.equals(PartNaming.digest(sinkId));
    }
}
