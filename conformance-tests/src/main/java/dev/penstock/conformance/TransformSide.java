package dev.penstock.conformance;

import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Optional;

/** What a transform is tried with. */
public interface TransformSide {
    /** A batch in which row i holds {@code texts.get(i)}, which may be null, and a column with the number i. */
    RecordBatch batch(List<Optional<String>> texts);

    /** The column that the transform adds. */
    String output();

    /** The most tokens of a text that the transform looks at. */
    default int maxTokens() {
        throw new MissingHook("TransformSide.maxTokens");
    }

    /** Settings that name files which cannot work, and for each the text that its error must name. */
    default List<BrokenSettings> broken() {
        throw new MissingHook("TransformSide.broken");
    }

    /**
     * Settings that cannot be opened.
     *
     * @param what for people
     * @param settings as in a pipeline file
     * @param named what the error has to name: a file, a tensor, a number
     */
    record BrokenSettings(String what, java.util.Map<String, Object> settings, String named) {}
}
