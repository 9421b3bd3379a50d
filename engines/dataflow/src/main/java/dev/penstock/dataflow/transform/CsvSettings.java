package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.CsvOptions;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** The settings of csv that decode and encode share. */
final class CsvSettings {
    static final ConfigKey<String> DELIMITER = ConfigKey.string("delimiter", "The ASCII character between csv fields")
            .defaultValue(",")
            .in("csv");
    static final ConfigKey<String> QUOTE = ConfigKey.string("quote", "The ASCII character around csv fields")
            .defaultValue("\"")
            .in("csv");
    static final ConfigKey<Boolean> HEADER = ConfigKey.bool("header", "Whether a line names the csv columns")
            .defaultValue(true)
            .in("csv");
    static final ConfigKey<String> NULL_TEXT = ConfigKey.string(
                    "null-text", "What an unquoted csv field holds that has no value")
            .defaultValue("")
            .in("csv");

    private CsvSettings() {}

    static CsvOptions bind(Config config) {
        return new CsvOptions(
                config.get(DELIMITER).charAt(0),
                config.get(QUOTE).charAt(0),
                config.get(HEADER),
                config.get(NULL_TEXT));
    }

    static List<Problem> check(Config config) {
        List<Problem> problems = new ArrayList<>();
        for (ConfigKey<String> key : List.of(DELIMITER, QUOTE)) {
            String text = config.get(key);
            if (text.length() != 1 || text.charAt(0) >= 0x80 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
                problems.add(Problem.error(
                        key.name(), Problem.Code.INVALID, "must be one ASCII character", "for example , or ; or |"));
            }
        }
        if (config.get(DELIMITER).equals(config.get(QUOTE))) {
            problems.add(Problem.error(
                    DELIMITER.name(), Problem.Code.CONFLICT, "is the quote too", "choose another character"));
        }
        return problems;
    }
}
