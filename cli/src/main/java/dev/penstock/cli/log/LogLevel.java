package dev.penstock.cli.log;

import java.util.Locale;
import org.slf4j.event.Level;

/** Which log lines are written. */
public enum LogLevel {
    ERROR(Level.ERROR),
    WARN(Level.WARN),
    INFO(Level.INFO),
    DEBUG(Level.DEBUG),
    TRACE(Level.TRACE);

    private static volatile LogLevel current = WARN;

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    /** Sets the level of the whole process. */
    public static void use(LogLevel level) {
        current = level;
    }

    static boolean shows(Level level) {
        return level.toInt() >= current.level.toInt();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
