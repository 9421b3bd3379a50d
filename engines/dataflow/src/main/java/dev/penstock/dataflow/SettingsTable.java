package dev.penstock.dataflow;

import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.CrossRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a {@link ConfigSpec} as a table for people. */
public final class SettingsTable {
    private static final List<String> HEADINGS = List.of("setting", "type", "default", "meaning");

    private SettingsTable() {}

    /** A Markdown table, and the rules between settings below it. */
    public static String markdown(ConfigSpec spec) {
        StringBuilder table = new StringBuilder();
        table.append("| ").append(String.join(" | ", HEADINGS)).append(" |\n|---|---|---|---|\n");
        for (ConfigKey<?> key : spec.keys()) {
            List<String> cells = cells(key, "`");
            table.append("| `").append(cells.get(0)).append("` | ");
            table.append(String.join(
                    " | ",
                    cells.subList(1, cells.size()).stream()
                            .map(cell -> cell.replace("|", "\\|"))
                            .toList()));
            table.append(" |\n");
        }
        for (CrossRule rule : spec.rules()) {
            table.append("\n* ").append(sentence(rule)).append('.');
        }
        return spec.rules().isEmpty() ? table.toString() : table.append('\n').toString();
    }

    /** Lines with aligned columns. */
    public static String text(ConfigSpec spec) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        spec.keys().forEach(key -> rows.add(cells(key, "")));
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width - row.get(column).length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        spec.rules().forEach(rule -> table.append(sentence(rule)).append('\n'));
        return table.toString();
    }

    /** The settings that a pipeline file has besides those of connectors: a title and the spec of each part of it. */
    public static Map<String, ConfigSpec> pipelineSections() {
        Map<String, ConfigSpec> sections = new LinkedHashMap<>();
        sections.put("pipeline file", Sections.ROOT);
        sections.put("checkpoint", Sections.CHECKPOINT_KEYS);
        sections.put("runtime", Sections.RUNTIME_KEYS);
        sections.put("errors", Sections.ERROR_KEYS);
        sections.put("every " + Role.SOURCE, Sections.SOURCE_KEYS);
        sections.put("every " + Role.SINK, Sections.SINK_KEYS);
        return sections;
    }

    private static String sentence(CrossRule rule) {
        return rule instanceof CrossRule.When when ? "I" + when.text().substring(1) : "Give " + rule.text();
    }

    private static List<String> cells(ConfigKey<?> key, String quote) {
        return List.of(key.name(), type(key), initial(key), meaning(key, quote));
    }

    private static String type(ConfigKey<?> key) {
        List<String> allowed = key.type().allowed();
        return allowed.isEmpty() ? key.type().name() : String.join(", ", allowed);
    }

    private static String initial(ConfigKey<?> key) {
        return key.required() ? "required" : key.defaultText().orElse("");
    }

    private static String meaning(ConfigKey<?> key, String quote) {
        return key.doc()
                + key.example()
                        .map(example -> ", for example " + quote + example + quote)
                        .orElse("");
    }
}
