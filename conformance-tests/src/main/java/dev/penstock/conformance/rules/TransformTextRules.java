package dev.penstock.conformance.rules;

import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** EM-03 and EM-04: what vectors are like, and what becomes of texts that are hardly texts. */
final class TransformTextRules {
    private static final int HUGE = 1 << 20;
    private static final double ROUNDING = 1e-3;
    private static final String SHIFT =
            "apply: a row that has nothing to embed still takes its place; keep the numbers of "
                    + "the rows that are left, and write each vector to its own";

    private TransformTextRules() {}

    /** EM-03. If this fails, check: the field that output() adds, and the last step of the network. */
    static void vectorsAreAsDeclared(Trial trial) {
        try (OpenTransform transform = OpenTransform.of(trial)) {
            RecordBatch batch = transform.batch(SampleTexts.distinct(trial.random(), 24, 200));
            Schema promised = transform.output(batch.schema());
            TransformedRows made = transform.apply(batch);
            if (!made.rows().schema().equals(promised)) {
                throw new RuleViolation(
                        "output() says " + promised + " and apply() gives "
                                + made.rows().schema(),
                        "apply: make the batch with the schema that output() gives, metadata included");
            }
            Optional<String> vectors = transform.side().vectors();
            if (vectors.isEmpty()) {
                trial.note("adds no vectors");
                return;
            }
            checkField(promised.field(vectors.get()));
            for (int row = 0; row < made.rows().rowCount(); row++) {
                checkVector(made.vector(vectors.get(), row), row, transform.side());
            }
        }
    }

    private static void checkField(Field field) {
        if (!(field.type() instanceof DataType.FixedList list)
                || !list.element().equals(DataType.FLOAT32)) {
            throw new RuleViolation(
                    "column '" + field.name() + "' is " + field.type().text() + ", not a vector of 32-bit floats",
                    "output: use DataType.vector(dimensions)");
        }
        String digest = field.metadata().getOrDefault(ModelMetadata.DIGEST, "");
        if (field.metadata().getOrDefault(ModelMetadata.NAME, "").isBlank() || !digest.matches("[0-9a-f]{64}")) {
            throw new RuleViolation(
                    "column '" + field.name() + "' does not say which model made it: its metadata are "
                            + field.metadata(),
                    "output: give the field ModelMetadata.NAME, and the SHA-256 of model and tokenizer as "
                            + "ModelMetadata.DIGEST in hexadecimal; sinks refuse to mix models by them");
        }
    }

    private static void checkVector(Optional<float[]> found, int row, TransformSide side) {
        float[] vector = found.orElseThrow(() -> new RuleViolation(
                "row " + row + " has words and no vector", "apply: only a row without any text may have none"));
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new RuleViolation(
                        "element " + i + " of the vector of row " + row + " is " + vector[i],
                        "apply: reject the row with a reason; one such vector spoils an index");
            }
        }
        double length = VectorTolerance.length(vector);
        if (side.unitLength() && Math.abs(length - 1) > ROUNDING) {
            throw new RuleViolation(
                    String.format(Locale.ROOT, "the vector of row %d has the length %.4f, not 1", row, length),
                    "apply: normalise after pooling and after cutting dimensions off; "
                            + "or TransformSide.unitLength of the "
                            + "fixture, if the model wants other lengths");
        }
    }

    /** EM-04. If this fails, check: what happens to a row without tokens, and where long texts are cut. */
    static void oddTextsAreDefined(Trial trial) {
        try (OpenTransform transform = OpenTransform.of(trial)) {
            checkNeighbours(trial, transform);
            checkDeletes(transform);
            Optional<TransformSide.Limit> limit = transform.side().limit();
            if (limit.isPresent()) {
                checkLimit(transform, limit.get());
            }
        }
    }

    private static List<Optional<String>> oddTexts() {
        List<Optional<String>> texts = new ArrayList<>(List.of(Optional.empty()));
        for (String text : List.of(
                "",
                " \t\r\n ",
                "\u0000\u0001\u001b",
                "\ud83d\ude42",
                "\ud83d\udc69\u200d\ud83d\udd2c e\u0301",
                "\u05e9\u05dc\u05d5\u05dd \u202e abc",
                "x".repeat(HUGE),
                "word ".repeat(HUGE / 5))) {
            texts.add(Optional.of(text));
        }
        return texts;
    }

    /** Odd texts among plain ones: each becomes what it becomes alone, and so do the plain ones. */
    private static void checkNeighbours(Trial trial, OpenTransform transform) {
        List<Optional<String>> odd = oddTexts();
        List<String> plain = SampleTexts.distinct(trial.random(), odd.size(), 8);
        List<Optional<String>> texts = new ArrayList<>();
        for (int i = 0; i < odd.size(); i++) {
            texts.add(odd.get(i));
            texts.add(Optional.of(plain.get(i)));
        }
        RecordBatch batch = transform.side().batch(texts);
        TransformedRows together = transform.apply(batch);
        TransformedRows.Likeness likeness = transform.likeness(together);
        for (int row = 0; row < batch.rowCount(); row++) {
            TransformedRows alone = transform.apply(batch.slice(row, row + 1));
            checkDefined(transform, alone, texts.get(row));
            Optional<String> difference = together.difference(row, alone, 0, likeness);
            if (difference.isPresent()) {
                throw new RuleViolation(
                        "row " + row + ", " + shown(texts.get(row)) + ", became something else among odd texts: "
                                + difference.get(),
                        SHIFT);
            }
        }
    }

    private static void checkDefined(OpenTransform transform, TransformedRows alone, Optional<String> text) {
        Optional<String> vectors = transform.side().vectors();
        int count = alone.rows().rowCount();
        if (vectors.isPresent() && count + alone.rejected().length != 1) {
            throw new RuleViolation(shown(text) + " became " + count + " rows", SHIFT);
        }
        if (vectors.isPresent() && count == 1) {
            float[] vector = alone.vector(vectors.get(), 0).orElse(new float[0]);
            if (vector.length > 0 && !Double.isFinite(VectorTolerance.length(vector))) {
                throw new RuleViolation(
                        "the vector of " + shown(text) + " is " + Arrays.toString(Arrays.copyOf(vector, 4)) + "…",
                        "apply: the mean over no tokens is a division by zero; give null or reject the row");
            }
        }
    }

    private static String shown(Optional<String> text) {
        return text.map(found -> found.length() > 24
                        ? "the text of " + found.length() + " characters"
                        : "the text '"
                                + found.codePoints()
                                        .mapToObj(TransformTextRules::shown)
                                        .reduce("", String::concat) + "'")
                .orElse("the absent text");
    }

    private static String shown(int codePoint) {
        return codePoint > ' ' && codePoint < 127
                ? Character.toString(codePoint)
                : String.format(Locale.ROOT, "\\u%04x", codePoint);
    }

    /** A delete may have nothing but its key. */
    private static void checkDeletes(OpenTransform transform) {
        RecordBatch batch = transform
                .side()
                .batch(List.of(Optional.of("kept"), Optional.empty(), Optional.of("kept too")))
                .withOperations(new byte[] {Operation.INSERT.code(), Operation.DELETE.code(), Operation.INSERT.code()});
        TransformedRows made = transform.apply(batch);
        int[] rows = made.of(1);
        if (rows.length != 1 || made.rows().operation(rows[0]) != Operation.DELETE) {
            throw new RuleViolation(
                    "a delete without text became " + rows.length + " rows"
                            + (made.isRejected(1) ? " and was rejected" : "")
                            + (rows.length == 1 ? ", " + made.rows().operation(rows[0]) : ""),
                    "apply: deletes pass, whatever their columns hold");
        }
    }

    /** What lies behind the limit changes nothing, what lies before it does, and the flag tells. */
    private static void checkLimit(OpenTransform transform, TransformSide.Limit limit) {
        String most = "a ".repeat(limit.words()).trim();
        String less = "a ".repeat(limit.words() - 1).trim();
        TransformedRows made = transform.apply(List.of(less, most, most + " a", most + " river violin planet"));
        limit.flag().ifPresent(flag -> checkFlag(made, flag, limit.words()));
        VectorTolerance tolerance = new VectorTolerance(transform.side().tolerance());
        Optional<String> difference = transform
                .side()
                .vectors()
                .flatMap(vectors -> tolerance.difference(
                        made.vector(vectors, 2).orElse(null),
                        made.vector(vectors, 3).orElse(null)));
        difference.ifPresent(found -> {
            throw new RuleViolation(
                    "two texts that are alike in their first " + limit.words() + " words differ: " + found,
                    "apply: cut texts off at the same number of tokens; or TransformSide.limit of the fixture");
        });
    }

    /** Of four texts the first is shorter than the limit, the second as long, the others longer. */
    private static void checkFlag(TransformedRows made, String flag, int words) {
        for (int row = 0; row < 4; row++) {
            boolean cut = Boolean.TRUE.equals(made.rows().column(flag).value(row));
            if (cut != row > 1) {
                throw new RuleViolation(
                        "a text of " + (words - 1 + Math.min(row, 2)) + " words is said to be "
                                + (cut ? "cut off" : "whole") + ", where " + words + " are the most",
                        "apply: count special tokens and prompt; the flag is about the text, not about the batch");
            }
        }
    }
}
