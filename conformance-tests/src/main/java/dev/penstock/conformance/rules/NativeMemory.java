package dev.penstock.conformance.rules;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The memory that this process takes outside of the Java heap, as the system counts it.
 *
 * <p>The heap is left out because it touches its pages for the first time long after the start, which from outside
 * looks like a leak.
 */
final class NativeMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern HEADER = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("\\[0x([0-9a-f]+),.*?0x([0-9a-f]+)\\)");

    private NativeMemory() {}

    /** KiB in use; empty where the system does not tell. */
    static OptionalLong residentKib() {
        if (!Files.isReadable(MAPPINGS)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(outside(heap(), Files.readAllLines(MAPPINGS)));
        } catch (IOException | JMException e) {
            throw new IllegalStateException("Cannot read the memory of this process", e);
        }
    }

    private static long outside(List<long[]> heap, List<String> lines) {
        long sum = 0;
        boolean counted = false;
        for (String line : lines) {
            Matcher header = HEADER.matcher(line);
            Matcher resident = RESIDENT.matcher(line);
            if (header.matches()) {
                long start = Long.parseUnsignedLong(header.group(1), 16);
                counted = heap.stream().noneMatch(range -> start >= range[0] && start < range[1]);
            } else if (counted && resident.matches()) {
                sum += Long.parseLong(resident.group(1));
            }
        }
        return sum;
    }

    /** Where the heap lies; what {@code jcmd GC.heap_info} prints. */
    private static List<long[]> heap() throws JMException {
        String info = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcHeapInfo",
                        new Object[0],
                        new String[0]);
        List<long[]> ranges = new ArrayList<>();
        Matcher matcher = HEAP.matcher(info);
        while (matcher.find()) {
            ranges.add(new long[] {
                Long.parseUnsignedLong(matcher.group(1), 16), Long.parseUnsignedLong(matcher.group(2), 16)
            });
        }
        return ranges;
    }
}
