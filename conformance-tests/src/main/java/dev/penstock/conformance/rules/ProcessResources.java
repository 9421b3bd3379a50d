package dev.penstock.conformance.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this process holds: of threads those that the present one and its children have started, of everything else what
 * the whole process holds.
 *
 * @param threads their names, sorted
 * @param files how many are open, sockets included; 0 where the system does not tell
 * @param temporaryFiles how many there are
 * @param directBytes of memory outside the heap
 * @param beans how many are registered for management
 */
record ProcessResources(List<String> threads, long files, long temporaryFiles, long directBytes, int beans) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final long SLACK_BYTES = 256 * 1024;
    private static final long BYTES_A_CYCLE = 4096;

    static ProcessResources now() {
        return new ProcessResources(
                liveThreads(),
                Files.isDirectory(OPEN_FILES) ? count(OPEN_FILES) : 0,
                count(Path.of(System.getProperty("java.io.tmpdir"))),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                ManagementFactory.getPlatformMBeanServer().getMBeanCount());
    }

    private static List<String> liveThreads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] threads = new Thread[group.activeCount() + 64];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(thread -> thread != Thread.currentThread())
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** How many entries a directory has, other than those that the kit makes. */
    private static long count(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("penstock-rule-"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What there is more of than {@code before}, by so much that each of the cycles must have left some. */
    Optional<String> grownSince(ProcessResources before, int cycles) {
        long many = Math.max(3, cycles / 2);
        List<String> newThreads = new ArrayList<>(threads);
        before.threads.forEach(newThreads::remove);
        if (newThreads.size() >= many) {
            return Optional.of(newThreads.size() + " more threads live, the first of them '" + newThreads.get(0) + "'");
        } else if (files - before.files >= many) {
            return Optional.of((files - before.files) + " more files or sockets are open");
        } else if (temporaryFiles - before.temporaryFiles >= many) {
            return Optional.of((temporaryFiles - before.temporaryFiles) + " more temporary files exist");
        } else if (directBytes - before.directBytes >= SLACK_BYTES + cycles * BYTES_A_CYCLE) {
            return Optional.of((directBytes - before.directBytes) + " more bytes outside the heap are in use");
        } else if (beans - before.beans >= many) {
            return Optional.of((beans - before.beans) + " more management beans are registered");
        }
        return Optional.empty();
    }
}
