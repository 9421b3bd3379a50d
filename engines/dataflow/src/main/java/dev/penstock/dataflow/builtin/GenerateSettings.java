package dev.penstock.dataflow.builtin;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to generate.
 *
 * @param rows in all partitions together; empty for no end
 * @param rate rows a second over all partitions
 */
record GenerateSettings(
        Optional<Long> rows, Optional<Long> rate, long seed, int partitions, Map<String, GeneratedColumn> columns) {
    static GenerateSettings of(Config config) {
        return new GenerateSettings(
                config.find(GenerateConnector.ROWS),
                config.find(GenerateConnector.RATE),
                config.get(GenerateConnector.SEED),
                config.get(GenerateConnector.PARTITIONS),
                config.find(GenerateConnector.COLUMNS)
                        .map(GenerateSettings::columns)
                        .orElseGet(GenerateSettings::defaultColumns));
    }

    private static Map<String, GeneratedColumn> defaultColumns() {
        Map<String, GeneratedColumn> columns = new LinkedHashMap<>();
        columns.put("id", GeneratedColumn.SEQUENCE);
        columns.put("value", GeneratedColumn.FLOAT64);
        return columns;
    }

    private static Map<String, GeneratedColumn> columns(Map<String, String> written) {
        Map<String, GeneratedColumn> columns = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        written.forEach((name, kind) -> GeneratedColumn.find(kind)
                .ifPresentOrElse(
                        column -> columns.put(name, column),
                        () -> problems.add(Problem.error(
                                GenerateConnector.COLUMNS.name() + "." + name,
                                Problem.Code.NOT_ALLOWED,
                                "'" + kind + "' cannot be generated",
                                NearestName.hint(kind, GeneratedColumn.names())))));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return columns;
    }

    Schema schema() {
        return new Schema(columns.entrySet().stream()
                .map(column -> Field.required(column.getKey(), column.getValue().type()))
                .toList());
    }

    /** How many rows the partition numbered {@code partition} has. */
    long rowsOf(int partition) {
        return rows.map(all -> all / partitions + (partition < all % partitions ? 1 : 0))
                .orElse(Long.MAX_VALUE);
    }

    long bytesPerRow() {
        return columns.values().stream().mapToLong(GeneratedColumn::bytesPerRow).sum();
    }
}
