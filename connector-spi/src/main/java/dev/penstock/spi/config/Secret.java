package dev.penstock.spi.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A value that must not be seen; prints as {@code ***}.
 *
 * <p>A secret is a literal, or a reference that is looked up anew by every {@link #reveal}, so that a rotated password
 * is taken up on reconnect: {@code secret://env/NAME} (environment variable) or {@code secret://file/PATH} (content of
 * the file without the trailing line break; an absolute path needs its own slash: {@code secret://file//etc/key}).
 *
 * <p>Reveal late, pass on at once, keep nowhere (rule CF-05).
 */
public final class Secret {
    private static final String PREFIX = "secret://";

    private final String source;

    private Secret(String source) {
        this.source = source;
    }

    /**
     * A secret from a literal or a reference.
     *
     * @throws IllegalArgumentException if it is a reference to an unknown place
     */
    public static Secret of(String source) {
        requireNonNull(source, "source");
        if (source.startsWith(PREFIX) && !source.startsWith(PREFIX + "env/") && !source.startsWith(PREFIX + "file/")) {
            throw new IllegalArgumentException("expected secret://env/NAME or secret://file/PATH");
        }
        return new Secret(source);
    }

    /** Whether this is looked up rather than written in the pipeline file. */
    public boolean isReference() {
        return source.startsWith(PREFIX);
    }

    /**
     * The value itself.
     *
     * @throws IllegalStateException if the variable is not set or the file cannot be read; names them, not the value
     */
    public String reveal() {
        if (!isReference()) {
            return source;
        }
        String place = source.substring(PREFIX.length());
        String name = place.substring(place.indexOf('/') + 1);
        return place.startsWith("env/") ? variable(name) : content(Path.of(name));
    }

    private String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("Cannot resolve " + source + ": environment variable '" + name
                    + "' is not set; set it before starting the pipeline");
        }
        return value;
    }

    private String content(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot resolve " + source + ": " + e + "; make the file readable to the pipeline", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
