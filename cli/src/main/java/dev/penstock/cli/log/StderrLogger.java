package dev.penstock.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes log lines to {@link StandardError}: time, level, the class's simple name, message; those that say the same
 * again at most once a minute, unless everything is asked for.
 */
final class StderrLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final RepeatedLines REPEATED = new RepeatedLines(System::nanoTime);

    private final String label;

    StderrLogger(String name) {
        this.name = name;
        this.label = name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public boolean isTraceEnabled() {
        return LogLevel.shows(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return LogLevel.shows(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return LogLevel.shows(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return LogLevel.shows(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return LogLevel.shows(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String line = level + " " + label + ": " + MessageFormatter.basicArrayFormat(message, arguments) + trace(cause);
        Optional<String> shown = LogLevel.shows(Level.DEBUG) ? Optional.of(line) : REPEATED.next(line);
        shown.ifPresent(text -> StandardError.shared()
                .line(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + text));
    }

    private static String trace(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return System.lineSeparator() + trace.toString().stripTrailing();
    }
}
