package dev.penstock.dataflow.transform;

import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.Collection;
import java.util.List;

/** What can be wrong with the names of columns in a setting. */
public final class NameProblems {
    private NameProblems() {}

    /** Says of each of {@code names} that is not a column of {@code input} so, with the nearest that is. */
    public static List<Problem> unknown(String path, Collection<String> names, Schema input) {
        return names.stream()
                .filter(name -> input.find(name).isEmpty())
                .map(name -> Problem.error(
                        path,
                        Problem.Code.UNKNOWN,
                        "'" + name + "' is not a column",
                        NearestName.hint(name, input.names())))
                .toList();
    }
}
