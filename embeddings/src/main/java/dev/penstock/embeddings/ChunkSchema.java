package dev.penstock.embeddings;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** The columns that {@code chunk} gives, and whether its settings fit what comes in. */
final class ChunkSchema {
    static final String ID = "chunk_id";
    static final String INDEX = "chunk_index";
    static final String HEADING = "heading";

    private ChunkSchema() {}

    /** What is wrong with the settings for these columns. */
    static List<Problem> problems(ChunkSettings settings, Schema input) {
        List<Problem> problems = new ArrayList<>();
        TextField.check(input, "field", settings.field()).ifPresent(problems::add);
        for (String added : List.of(ID, INDEX, HEADING)) {
            TextField.checkFree(input, "", added).ifPresent(problems::add);
        }
        keyProblems(settings, input, problems);
        return problems;
    }

    private static void keyProblems(ChunkSettings settings, Schema input, List<Problem> problems) {
        List<String> key = key(settings, input);
        if (key.isEmpty()) {
            problems.add(Problem.error(
                    "key",
                    Problem.Code.MISSING,
                    "the columns " + input.names() + " have no key to tell documents apart",
                    "name the columns that do, for example key: [path]"));
        }
        for (String column : key) {
            if (input.find(column).isEmpty()) {
                problems.add(Problem.error(
                        "key",
                        Problem.Code.NOT_FOUND,
                        "there is no column '" + column + "'",
                        NearestName.hint(column, input.names())));
            } else if (column.equals(settings.field())) {
                problems.add(Problem.error(
                        "key",
                        Problem.Code.CONFLICT,
                        "the text in '" + column + "' cannot name the document",
                        "name another column"));
            }
        }
    }

    /** The columns that tell documents apart. */
    static List<String> key(ChunkSettings settings, Schema input) {
        return settings.key().orElse(input.key());
    }

    /**
     * The input's columns and those of the chunk. All but the document's key may be null, since a delete has nothing
     * else.
     */
    static Schema of(ChunkSettings settings, Schema input) {
        List<Problem> problems = problems(settings, input);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        List<String> key = key(settings, input);
        List<Field> fields = new ArrayList<>();
        for (Field field : input.fields()) {
            boolean nullable = field.nullable() || !key.contains(field.name());
            fields.add(new Field(field.name(), field.type(), nullable, field.metadata()));
        }
        fields.add(Field.of(ID, DataType.STRING));
        fields.add(Field.of(INDEX, DataType.INT32));
        fields.add(Field.of(HEADING, DataType.STRING).with(HeadingContext.HEADING_OF, settings.field()));
        return new Schema(fields, List.of(ID));
    }
}
