package dev.penstock.examples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The pipelines, each a {@code penstock run} of its own, as anybody would start it. */
final class Pipelines implements AutoCloseable {
    private static final long LONGEST_STOP_SECONDS = 60;
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final Path root;
    private final Path logs;
    private final Map<String, String> environment;
    private final Map<String, Process> running = new LinkedHashMap<>();

    Pipelines(Path root, Path logs, Map<String, String> environment) {
        this.root = root;
        this.logs = logs;
        this.environment = environment;
    }

    void start(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("penstock").toString(), "run", "examples/shop/" + name + ".yaml")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().putAll(environment);
        running.put(name, builder.start());
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** Ends a pipeline as a power cut does. */
    void kill(String name) throws InterruptedException {
        Process process = running.remove(name);
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Fails if one of them has ended. */
    void check() throws IOException {
        for (Map.Entry<String, Process> pipeline : running.entrySet()) {
            if (!pipeline.getValue().isAlive()) {
                throw failed(pipeline.getKey());
            }
        }
    }

    private IllegalStateException failed(String name) throws IOException {
        List<String> lines = Files.readAllLines(log(name));
        return new IllegalStateException("Pipeline '" + name + "' has ended; its log says:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }

    /** Asks all of them to drain and end, and waits until they have. */
    void stop() throws IOException, InterruptedException {
        running.values().forEach(Process::destroy);
        for (Map.Entry<String, Process> pipeline : running.entrySet()) {
            Process process = pipeline.getValue();
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)
                    || !List.of(0, INTERRUPTED, TERMINATED).contains(process.exitValue())) {
                throw failed(pipeline.getKey());
            }
        }
        running.clear();
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
    }
}
