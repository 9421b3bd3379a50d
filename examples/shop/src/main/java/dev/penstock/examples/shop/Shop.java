package dev.penstock.examples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Opens the shop, follows it, closes it, and compares what there is then. Exits with 1 if anything differs. */
public final class Shop {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 500;

    private final Options options;
    private final Path output;

    private Shop(Options options) {
        this.options = options;
        this.output = options.output();
    }

    /** What the command line says. */
    record Options(Path root, Path output, int changes, long seed) {
        static Options of(String[] arguments) {
            Map<String, String> given = new TreeMap<>();
            for (int i = 0; i + 1 < arguments.length; i += 2) {
                given.put(arguments[i], arguments[i + 1]);
            }
            if (arguments.length % 2 != 0
                    || !List.of("--root", "--output", "--changes", "--seed").containsAll(given.keySet())) {
                throw new IllegalArgumentException("Usage: examples/shop/run [--changes N] [--seed N] [--output DIRECTORY]");
            }
            Path root = Path.of(given.getOrDefault("--root", ".")).toAbsolutePath().normalize();
            return new Options(
                    root,
                    Path.of(given.getOrDefault("--output", root.resolve("build/shop").toString()))
                            .toAbsolutePath(),
                    Integer.parseInt(given.getOrDefault("--changes", "2000")),
                    Long.parseLong(given.getOrDefault("--seed", "1")));
        }
    }

    /** Runs the example. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Shop(options).run() ? 0 : 1);
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }

    private boolean run() throws Exception {
        clear(output);
        say("== Servers");
        try (Servers servers = Servers.start();
                Database database = Database.open(servers.postgresUrl())) {
            servers.shown().forEach((name, address) -> say("%-18s %s", name, address));
            database.create(options.seed());
            say("%n== Pipelines (their logs are in %s)", output);
            try (Pipelines pipelines = new Pipelines(options.root(), output, servers.environment(output))) {
                for (String name : List.of("cdc", "lake", "search")) {
                    pipelines.start(name);
                    say("%-18s examples/shop/%s.yaml", "shop-" + name, name);
                }
                return follow(servers, database, pipelines);
            }
        }
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private boolean follow(Servers servers, Database database, Pipelines pipelines) throws Exception {
        Comparison comparison = new Comparison(database, new Lake(servers), new SearchTable(output.resolve("search")));
        awaitEqual(comparison, pipelines);
        say("%n== The shop is open: %,d changes", options.changes());
        long opened = System.nanoTime();
        Customers.Done done = new Customers(database, options.seed()).shop(options.changes(), () -> {
            say("killing shop-lake with SIGKILL in the middle, and starting it again");
            pipelines.kill("lake");
            pipelines.start("lake");
        });
        long closed = System.nanoTime();
        say("%,d rows inserted, %,d updated, %,d deleted, in %,d transactions and %.1f s",
                done.inserted(), done.updated(), done.deleted(), done.transactions(), seconds(opened, closed));
        awaitEqual(comparison, pipelines);
        say("all of it had arrived %.1f s after the shop closed", seconds(closed, System.nanoTime()));
        pipelines.stop();
        return report(comparison);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /** Waits until the tables are equal, or until nobody would wait any longer: what differs is reported at the end. */
    private static void awaitEqual(Comparison comparison, Pipelines pipelines) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!comparison.tables().stream().allMatch(Comparison.Result::isEqual) && System.nanoTime() < deadline) {
            pipelines.check();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static boolean report(Comparison comparison) throws SQLException {
        say("%n== What is in the tables now");
        boolean equal = true;
        for (Comparison.Result result : comparison.tables()) {
            say("%-45s %,8d rows   %s", result.what(), result.found(), result.verdict());
            equal &= result.isEqual();
        }
        say("%s", equal ? "The lakehouse and the vector table equal the database." : "There are differences.");
        return equal;
    }
}
