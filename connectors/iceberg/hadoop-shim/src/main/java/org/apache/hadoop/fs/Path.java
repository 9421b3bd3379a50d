package org.apache.hadoop.fs;

import static java.util.Objects.requireNonNull;

/** The name of a file. Files are opened by the FileIO of their table, never by this. */
public class Path {
    private final String name;

    /** The file called {@code name}. */
    public Path(String name) {
        this.name = requireNonNull(name, "name");
    }

    /** The part after the last slash. */
    public String getName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
