package dev.penstock.conformance.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What child processes of one kind load, in the form in which a JVM maps it: of the second that a process lives for,
 * most goes into finding, checking and compiling classes that the process before it had, too.
 *
 * <p>A life that is run for it writes the archive when it ends ({@link #toMake}), and all later ones start from it
 * ({@link #toUse}). It saves time and nothing else: where a JVM cannot write or read it, processes start without.
 *
 * <p><b>Threads:</b> any; one of them makes it.
 */
final class ClassArchive {
    private static final Map<String, ClassArchive> ALL = new ConcurrentHashMap<>();

    private final Path file = ProcessFiles.directory().resolve("classes.jsa");
    private State state = State.NONE;

    private ClassArchive() {}

    /** The archive of processes that have the same class path and do the same with it. */
    static ClassArchive of(String classPath, String kind) {
        return ALL.computeIfAbsent(kind + " " + classPath, key -> new ClassArchive());
    }

    /**
     * Whether the caller is to make it, and to say {@link #made}, {@link #refused} or {@link #notMade} afterwards; true
     * once, and again after the last of these.
     */
    synchronized boolean isToBeMade() {
        boolean none = state == State.NONE;
        state = none ? State.BEING_MADE : state;
        return none;
    }

    /** The life that was to make it has ended. */
    synchronized void made() {
        state = Files.exists(file) ? State.THERE : State.REFUSED;
    }

    /** The JVM does not start with {@link #toMake}. */
    synchronized void refused() {
        state = State.REFUSED;
    }

    /** The life that was to make it came to no good end; the next may make it. */
    synchronized void notMade() {
        state = State.NONE;
    }

    /** Options of the process that makes it. */
    List<String> toMake() {
        return List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-XX:ArchiveClassesAtExit=" + file);
    }

    /** Options of a process that uses it; none as long as it is not there. */
    synchronized List<String> toUse() {
        return state == State.THERE ? List.of("-Xlog:cds=off", "-XX:SharedArchiveFile=" + file) : List.of();
    }

    private enum State {
        NONE,
        BEING_MADE,
        THERE,
        REFUSED
    }
}
