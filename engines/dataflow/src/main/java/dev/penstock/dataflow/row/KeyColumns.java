package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.transform.NameProblems;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** The setting by which row steps tell rows apart. */
final class KeyColumns {
    static final ConfigKey<List<String>> KEY = ConfigKey.strings(
                    "key", "The columns whose values tell keys apart; rows of a key share state")
            .require()
            .example("[customer_id]");

    private KeyColumns() {}

    /** What is wrong with {@code columns} as the key of rows of {@code input}. */
    static List<Problem> problems(List<String> columns, Schema input) {
        List<Problem> problems = new ArrayList<>(NameProblems.unknown(KEY.name(), columns, input));
        if (problems.isEmpty()) {
            try {
                new KeyEncoder(input, columns);
            } catch (IllegalArgumentException e) {
                problems.add(Problem.error(
                        KEY.name(),
                        Problem.Code.WRONG_TYPE,
                        String.valueOf(e.getMessage()),
                        "use columns of single values"));
            }
        }
        return problems;
    }
}
