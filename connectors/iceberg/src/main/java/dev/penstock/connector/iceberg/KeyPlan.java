package dev.penstock.connector.iceberg;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;

/** Finds what keeps rows from being told apart by the columns that are to do so. */
final class KeyPlan {
    private static final String KEY = "key";
    private static final String DELETE_BY = "delete-by";

    private final Schema input;
    private final List<Problem> problems = new ArrayList<>();

    private KeyPlan(Schema input) {
        this.input = input;
    }

    static List<Problem> problems(Schema input, WriteMode mode, Optional<Table> table) {
        KeyPlan plan = new KeyPlan(input);
        if (mode.kind() == WriteMode.Kind.UPSERT) {
            plan.check(mode);
            table.ifPresent(existing -> plan.compare(mode, existing));
        }
        return plan.problems;
    }

    private void reject(String setting, String reason, String remedy) {
        problems.add(Problem.error(setting, Problem.Code.INCOMPATIBLE, reason, remedy));
    }

    private void check(WriteMode mode) {
        if (mode.key().isEmpty()) {
            reject(KEY, "is needed to upsert", "name the columns that tell rows apart");
        }
        mode.key().forEach(name -> check(KEY, name));
        if (!mode.deleteBy().equals(mode.key())) {
            mode.deleteBy().forEach(name -> check(DELETE_BY, name));
        }
    }

    private void check(String setting, String name) {
        if (input.find(name).isEmpty()) {
            reject(
                    setting,
                    "names column '" + name + "', which rows do not have",
                    NearestName.hint(name, input.names()));
        } else if (!KeyColumns.supports(input.field(name).type())) {
            reject(
                    setting,
                    "names column '" + name + "' of type "
                            + input.field(name).type().text() + ", which cannot tell rows apart",
                    "name columns of text, numbers without fraction, times or uuids");
        }
    }

    /** A table that says by what its rows are identified is right about it; one that does not takes any key. */
    private void compare(WriteMode mode, Table table) {
        Set<String> identifiers = table.schema().identifierFieldNames();
        if (!identifiers.isEmpty() && !identifiers.equals(Set.copyOf(mode.key()))) {
            List<String> sorted = identifiers.stream().sorted().toList();
            reject(
                    KEY,
                    "is " + mode.key() + ", and rows of the table are identified by " + sorted,
                    "write key: " + sorted + ", or change the identifier fields of the table");
        }
    }
}
