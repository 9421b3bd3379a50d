package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks after what a sink has written, so that it stays small and quick to read. Rows are the same afterwards.
 *
 * <p>It may be run while pipelines write to the same place, also from another process: it takes nothing away that one
 * of them may still need, whether that runs, was stopped, or died between preparing an epoch and committing it.
 *
 * <p><b>Order of calls:</b> {@code open run* close}. {@code close} is called on every outcome and calling it again does
 * nothing. <b>Threads:</b> one at a time, but for {@link #stop}.
 */
public interface Maintenance extends AutoCloseable {
    /** Connects. */
    void open(ConnectorContext context);

    /**
     * Does what {@code request} asks for. What is done step by step stays done if a later step fails.
     *
     * @throws ConfigException if there is nothing of that name to look after, or the options do not fit it
     * @throws RetryableException if others were in the way for too long, or something cannot be reached now
     */
    Report run(Request request, Progress progress);

    /** Asks {@link #run} to return after the step under way; the only thread-safe method. */
    void stop();

    @Override
    void close();

    /**
     * Something that can be done.
     *
     * @param name how people ask for it: lower case letters and hyphens
     * @param summary what it does, in one sentence for people without a full stop
     * @param options what may be said about how; each has a default or may be left out
     */
    record Action(String name, String summary, ConfigSpec options) {
        private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

        public Action {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Cannot name an action '" + name + "': use lower case and hyphens");
            }
            requireNonNull(summary, "summary");
            if (options.keys().stream().anyMatch(key -> key.required())) {
                throw new IllegalArgumentException("Cannot require options of action '" + name + "'");
            }
        }
    }

    /**
     * What to do.
     *
     * @param action the name of one of the connector's actions
     * @param options that passed the action's spec
     * @param dryRun whether to change nothing, and only tell what would be changed
     */
    record Request(String action, Config options, boolean dryRun) {}

    /**
     * What came of it.
     *
     * @param summary a line for people, without a full stop; also says so, and why, where there was nothing to do
     * @param changed whether anything was changed; in a dry run, would be
     * @param finished false if something is left to do that another run may do: others were in the way, or it was
     *     stopped
     * @param figures for programs, named in lower case with underscores and their unit last, for example
     *     {@code removed_bytes}
     * @param warnings what a person should know
     */
    record Report(String summary, boolean changed, boolean finished, Map<String, Long> figures, List<String> warnings) {
        public Report {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
            warnings = List.copyOf(warnings);
        }
    }

    /** Is told how far it is, in the thread that runs it. */
    interface Progress {
        /**
         * What is being done now.
         *
         * @param total of {@code done}; 0 if nobody knows
         */
        void at(String activity, long done, long total);

        /** One thing that was changed or, in a dry run, would be. */
        void item(String what);
    }
}
