package dev.penstock.spi.config;

import static java.util.Objects.requireNonNull;

/**
 * Something that is wrong with a configuration, said so that its reader can mend it.
 *
 * @param path the key it is about, for example {@code sinks.0.roll-rows}; empty for the whole
 * @param code the kind of problem, for programs
 * @param severity whether the pipeline may run all the same
 * @param reason what is wrong, without a full stop and without secrets
 * @param remedy what to do, or the empty string where the reason says it all
 */
public record Problem(String path, Code code, Severity severity, String reason, String remedy) {
    /** The kind of problem. */
    public enum Code {
        MISSING,
        UNKNOWN,
        WRONG_TYPE,
        OUT_OF_RANGE,
        NOT_ALLOWED,
        CONFLICT,
        INVALID,
        DEPRECATED,
        UNSUPPORTED,
        CONNECTION,
        CREDENTIALS,
        PRIVILEGE,
        NOT_FOUND,
        INCOMPATIBLE
    }

    /** Whether a problem stops the pipeline. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        requireNonNull(path, "path");
        requireNonNull(code, "code");
        requireNonNull(severity, "severity");
        requireNonNull(reason, "reason");
        requireNonNull(remedy, "remedy");
    }

    /** A problem that stops the pipeline. */
    public static Problem error(String path, Code code, String reason, String remedy) {
        return new Problem(path, code, Severity.ERROR, reason, remedy);
    }

    /** A problem that the pipeline may run with. */
    public static Problem warning(String path, Code code, String reason, String remedy) {
        return new Problem(path, code, Severity.WARNING, reason, remedy);
    }

    /** Whether this stops the pipeline. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** This problem below {@code prefix}: {@code at("sink")} makes {@code path} into {@code sink.path}. */
    public Problem at(String prefix) {
        String joined = path.isEmpty() ? prefix : prefix.isEmpty() ? path : prefix + "." + path;
        return new Problem(joined, code, severity, reason, remedy);
    }

    /** One line for people: path, reason and remedy. */
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + reason + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
