package dev.penstock.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes log lines to {@link StandardError}: time, level, the class's simple name, message. */
final class StderrLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

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
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        String time = LocalTime.now(ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        StandardError.shared().line(time + " " + level + " " + label + ": " + text + trace(cause));
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
