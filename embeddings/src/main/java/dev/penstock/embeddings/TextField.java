package dev.penstock.embeddings;

import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.Optional;

/** Checks the columns that settings name. */
final class TextField {
    private TextField() {}

    /** What is wrong with reading texts from {@code column}. */
    static Optional<Problem> check(Schema input, String setting, String column) {
        if (input.find(column).isEmpty()) {
            return Optional.of(Problem.error(
                    setting,
                    Problem.Code.NOT_FOUND,
                    "there is no column '" + column + "'",
                    NearestName.hint(column, input.names())));
        }
        DataType type = input.field(column).type();
        return type == DataType.STRING
                ? Optional.empty()
                : Optional.of(Problem.error(
                        setting,
                        Problem.Code.INCOMPATIBLE,
                        "column '" + column + "' is " + type.text() + ", not string",
                        "name a column of text, or cast it before"));
    }

    /** What is wrong with adding {@code column}. */
    static Optional<Problem> checkFree(Schema input, String setting, String column) {
        return input.find(column).isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.error(
                        setting,
                        Problem.Code.CONFLICT,
                        "there is a column '" + column + "' already",
                        "rename or drop that one before"));
    }
}
