package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows the first rows of a source, or of a step behind it. */
@Command(
        name = "peek",
        description = {
            "Show the first rows of a source, decoded, or of a step behind it; change nothing.",
            "",
            "Rows come from where the source begins, whatever the pipeline has read already. Nothing is written, committed "
                    + "or released: no state, no offsets of groups. Columns that a later step masks are hidden."
        },
        footer = {
            "",
            "Example:",
            "  penstock peek pipeline.yaml",
            "  penstock peek pipeline.yaml --rows 3 --json | jq .order_id",
            "  penstock peek pipeline.yaml --step mask            what is left to see behind the step 'mask'",
            "  penstock peek pipeline.yaml --set source.start=latest --wait 10m"
        })
final class PeekCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--source", description = "Show rows of the source, decoded. The default, if there is only one.")
    private boolean source;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Show rows of this source, or as they come out of this step.")
    private Optional<String> step = Optional.empty();

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            description = "How many rows to show. Default: ${DEFAULT-VALUE}.")
    private int rows = 10;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait for the first row. Default: 5s.")
    private Duration wait = Duration.ofSeconds(5);

    @Option(names = "--unmasked", description = "Show columns that a later step masks, too.")
    private boolean unmasked;

    @Option(names = "--json", description = "Write a JSON object a row.")
    private boolean json;

    PeekCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Durations as they are in pipeline files. */
    static final class Durations implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return ConfigType.DURATION.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** How far it has come, for a signal. */
    private enum Phase {
        OPENING,
        READING,
        STOPPING
    }

    @Override
    public Integer call() {
        if (rows < 1 || (source && step.isPresent())) {
            throw new ParameterException(
                    command.commandLine(),
                    rows < 1
                            ? "Cannot show " + rows + " rows: give --rows 1 or more"
                            : "Cannot take both --source and --step: give one of them");
        }
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);
        StopSignals signals = StopSignals.install(() -> {
            if (phase.getAndSet(Phase.STOPPING) == Phase.OPENING) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED); // there is nothing that would have to be finished
            }
        });
        Plan plan = pipeline.plan(surroundings);
        PeekedStep peeked = PeekedStep.of(plan, step);
        try (Peek peek = Peek.open(plan, peeked)) {
            phase.compareAndSet(Phase.OPENING, Phase.READING);
            show(
                    peek,
                    peeked,
                    new FirstRows.Limits(
                            rows, wait, () -> phase.get() == Phase.STOPPING, () -> sayThatItWaits(peeked.id())));
        } catch (ConfigException e) {
            throw pipeline.places().locate(e);
        }
        return signals.received() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private void show(Peek peek, PeekedStep peeked, FirstRows.Limits limits) {
        HiddenColumns hidden = unmasked ? HiddenColumns.NONE : HiddenColumns.of(peeked, peek.schema());
        PeekedRows shown = json ? PeekedRows.json(surroundings.out()) : PeekedRows.table(surroundings.out());
        long started = System.nanoTime();
        FirstRows.Ending ending = peek.read(limits, new Peek.Output() {
            @Override
            public void rows(RecordBatch batch) {
                shown.add(hidden.hide(batch));
            }

            @Override
            public void bad(String place, String reason) {
                StandardError.shared().line("bad row" + (place.isEmpty() ? "" : " at " + place) + ": " + reason);
            }
        });
        shown.end();
        hidden.note().ifPresent(StandardError.shared()::line);
        note(peek, peeked.id(), ending, Duration.ofNanos(System.nanoTime() - started))
                .ifPresent(StandardError.shared()::line);
    }

    private void sayThatItWaits(String id) {
        StandardError.shared()
                .line("Waiting for rows of '" + id + "', for up to " + seconds(wait) + " in all; Ctrl-C ends it");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private static Optional<String> note(Peek peek, String id, FirstRows.Ending ending, Duration took) {
        boolean nothing = peek.shown() == 0;
        return switch (ending) {
            case ENOUGH, STOPPED -> Optional.empty();
            case ALL_THERE_IS ->
                Optional.of(nothing ? "There are no rows of '" + id + "'" : "That is all there is of '" + id + "'");
            case NO_MORE_IN_TIME ->
                Optional.of(
                        nothing
                                ? "Nothing came from '" + id + "' in " + seconds(took)
                                        + ": it may be empty, or begin behind what is there; --wait waits longer"
                                : "That is all that came from '" + id + "' in " + seconds(took));
        };
    }
}
