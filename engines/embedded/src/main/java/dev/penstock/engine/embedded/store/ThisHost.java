package dev.penstock.engine.embedded.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What tells this machine, this run of it, and the processes on it apart from others. */
final class ThisHost {
    private static final Path NAME_FILE = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT_FILE = Path.of("/proc/sys/kernel/random/boot_id");

    /** Start times are computed from the time of the boot, which a clock correction moves a little. */
    private static final long START_TOLERANCE_MILLIS = 3_000;

    private ThisHost() {}

    /** The machine's name; asking the name service is the last resort, for it may take seconds. */
    static String name() {
        return read(NAME_FILE)
                .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
                .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                .filter(name -> !name.isBlank())
                .orElseGet(ThisHost::nameByService);
    }

    private static String nameByService() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Changes with every start of the machine; the empty string where it is not known. */
    static String boot() {
        return read(BOOT_FILE).orElse("");
    }

    /** When a process of this host began, in milliseconds since 1970, or 0 if that is not known. */
    static long started(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(0L);
    }

    /** Whether {@code process} still runs and is the one that began at {@code started}. */
    static boolean isAlive(long process, long started) {
        if (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        long actual = started(process);
        return actual == 0 || started == 0 || Math.abs(actual - started) <= START_TOLERANCE_MILLIS;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
