package dev.penstock.cli;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches what a pipeline has written. */
@Command(
        name = "query",
        description = {
            "Search the vectors that a pipeline has written, by meaning.",
            "",
            "The text is embedded with the model of the pipeline's 'embed' step; the nearest rows are shown, best first."
        },
        footer = {
            "",
            "Example:",
            "  penstock query pipeline.yaml \"how do I resume after a crash\" -k 5",
            "  penstock query pipeline.yaml \"memory limits\" --filter \"path LIKE 'operations%%'\" --json"
        })
final class QueryCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Parameters(index = "1", paramLabel = "TEXT", description = "What to look for.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String text;

    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "How many rows to show. Default: ${DEFAULT-VALUE}.")
    private int limit = 5;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "Only rows for which this holds, in the language of the store (SQL for LanceDB).")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--sink", paramLabel = "STEP", description = "Which sink to search, if there are several.")
    private Optional<String> sink = Optional.empty();

    @Option(names = "--json", description = "Write a JSON array of rows, without their vectors.")
    private boolean json;

    QueryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        // Libraries of models and tables close their native halves when a JVM shuts down, also under a call of theirs,
        // which ends with a crash. A query leaves nothing to tidy up.
        StopSignals.install(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
        Plan plan = pipeline.plan(surroundings);
        RecordBatch hits = VectorQuery.of(plan, sink).nearest(text, Math.max(1, limit), filter);
        List<Row> rows = hits.toRows();
        if (json) {
            surroundings.out().println(Json.of(rows.stream().map(Hit::asMap).toList()));
            return ExitCode.DONE;
        }
        if (rows.isEmpty()) {
            surroundings.out().println("Nothing was found: the table is empty, or no row passes the filter");
        }
        for (int i = 0; i < rows.size(); i++) {
            Hit.print(i + 1, rows.get(i), surroundings.out());
        }
        return ExitCode.DONE;
    }
}
