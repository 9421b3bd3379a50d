package dev.penstock.conformance.process;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the processes of one pipeline. Where many are to be killed, the next one is already started while one runs,
 * and waits to be told its job.
 *
 * <p><b>Order of calls:</b> anything, {@link #close}. <b>Threads:</b> one.
 */
final class Children implements AutoCloseable {
    private static final Duration ARCHIVING = Duration.ofMinutes(1);

    private final Path directory;
    private final String classPath;
    private Optional<ChildProcess> waiting = Optional.empty();
    private boolean many;

    /**
     * Starts processes in {@code directory}.
     *
     * @param loader knows the classes of the connectors
     */
    Children(Path directory, ClassLoader loader) {
        this.directory = directory;
        this.classPath = ChildClassPath.of(classPath(loader));
    }

    /** From now on one waits while another runs. */
    void expectMany() {
        many = true;
    }

    /** A process that runs {@code job}. */
    ChildProcess run(ChildJob job) throws InterruptedException {
        ChildProcess next = waiting.filter(ChildProcess::isAlive).orElseGet(() -> start(job));
        waiting = Optional.empty();
        tell(next, job);
        if (many) {
            waiting = Optional.of(start(job));
        }
        return next;
    }

    /** Whoever cannot be told would wait for ever. */
    private void tell(ChildProcess process, ChildJob job) throws InterruptedException {
        try {
            process.run(job, directory);
        } catch (InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private ClassArchive archive(ChildJob job) {
        return ClassArchive.of(classPath, job.kind());
    }

    /** Whether {@link #archiveWith} is yet to be called for such a job. */
    boolean wantsArchive(ChildJob job) {
        return archive(job).isToBeMade();
    }

    /** A process that runs {@code job} and leaves, when it ends, what makes later ones start faster. */
    ChildProcess archiveWith(ChildJob job) throws InterruptedException {
        ChildProcess process = start(job, archive(job).toMake());
        tell(process, job);
        return process;
    }

    /**
     * The process of {@link #archiveWith} is to end by itself; what it leaves is used from now on.
     *
     * @return whether it ended as it should: one that was killed leaves half a file
     */
    boolean archived(ChildJob job, ChildProcess process) throws InterruptedException {
        boolean ended = process.awaitExit(ARCHIVING) && process.exitValue() == Tripwire.EXIT;
        if (ended) {
            archive(job).made();
        }
        return ended;
    }

    /** The process of {@link #archiveWith} did not start: this JVM makes no archives, and is not asked again. */
    void refused(ChildJob job) {
        archive(job).refused();
    }

    /** The process of {@link #archiveWith} came to no good end; another may try. */
    void notArchived(ChildJob job) {
        archive(job).notMade();
    }

    private ChildProcess start(ChildJob job) {
        return start(job, archive(job).toUse());
    }

    private ChildProcess start(ChildJob job, List<String> options) {
        List<String> command = new ArrayList<>(JavaCommand.quick(classPath, directory, options));
        command.add(Child.class.getName());
        command.add(job.engine());
        command.add(job.source().connector());
        command.add(job.sink().connector());
        return ChildProcess.start(command, directory);
    }

    /** That of this process, and what the loaders between it and {@code loader} add. */
    private static String classPath(ClassLoader loader) {
        Set<String> paths = new LinkedHashSet<>();
        for (ClassLoader at = loader; at != null; at = at.getParent()) {
            if (at instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    paths.add(Path.of(URI.create(url.toString())).toString());
                }
            }
        }
        // The child works in another directory.
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            paths.add(Path.of(path).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, paths);
    }

    @Override
    public void close() {
        waiting.ifPresent(ChildProcess::close);
        waiting = Optional.empty();
    }
}
