package dev.penstock.embeddings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbedTransformTest {
    private static Transform embed;

    @BeforeAll
    static void open() {
        embed = TestModels.transform(new EmbedConnector(), "field", "text", "truncated", "cut");
        embed.open(TestModels.HERE);
    }

    @AfterAll
    static void close() {
        embed.close();
    }

    private static RecordBatch apply(Transform transform, RecordBatch batch) {
        TransformResult result = transform.apply(batch);
        assertThat(result.rejected()).isEmpty();
        assertThat(result.rows().schema()).isEqualTo(transform.output(batch.schema()));
        return result.rows();
    }

    private static float[] vector(RecordBatch batch, int row) {
        return (float[]) requireNonNull(batch.column("vector").value(row));
    }

    // EM-01
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 1024})
    void rowStaysWithItsVector(int rows) {
        List<String> texts = EmbedderTest.texts(rows, rows).stream()
                .map(text -> text.substring(0, Math.min(40, text.length())))
                .toList();
        RecordBatch batch = TestModels.batch(texts);
        RecordBatch result = apply(embed, batch);
        assertThat(result.columns().subList(0, 2)).isEqualTo(batch.columns());
        int step = Math.max(1, rows / 8);
        for (int row = 0; row < rows; row += step) {
            float[] alone = vector(apply(embed, TestModels.batch(texts.get(row))), 0);
            assertThat(TestModels.cosine(vector(result, row), alone)).isGreaterThan(0.95);
        }
    }

    // EM-03
    @Test
    void schemaSaysWhichModelMadeTheVectors() {
        Field field = embed.output(TestModels.TEXTS).field("vector");
        assertThat(field.type()).isEqualTo(DataType.vector(384));
        assertThat(field.metadata())
                .containsEntry(ModelMetadata.NAME, "all-minilm-l6-v2")
                .containsEntry(ModelMetadata.REVISION, "1.20.0-beta30")
                .hasEntrySatisfying(
                        ModelMetadata.DIGEST, digest -> assertThat(digest).matches("[0-9a-f]{64}"));
    }

    // EM-04
    @Test
    void textsWithNothingInThemHaveNoVector() {
        RecordBatch result = apply(embed, TestModels.batch("", "real text", "  \n\t", null, "\u0000\u0001", "🙂"));
        Column vectors = result.column("vector");
        assertThat(List.of(0, 1, 2, 3, 4, 5)).filteredOn(vectors::isNull).containsExactly(0, 2, 3, 4);
        assertThat(List.of(0, 1, 2, 3, 4, 5)).noneMatch(result.column("cut")::isNull);
    }

    // EM-04
    @Test
    void hugeTextsAreCutOffAndSaidToBe() {
        RecordBatch result = apply(
                embed, TestModels.batch("short", "many words ".repeat(100_000), "x".repeat(1 << 20), "also short"));
        assertThat(result.toRows()).extracting(row -> row.get("cut")).containsExactly(false, true, false, false);
        assertThat(List.of(0, 1, 2, 3)).noneMatch(result.column("vector")::isNull);
    }

    @Test
    void deletesPassWithoutVector() {
        BatchBuilder builder = new BatchBuilder(TestModels.TEXTS);
        builder.append(Row.of(TestModels.TEXTS, 1, null).with(Operation.DELETE));
        builder.append(Row.of(TestModels.TEXTS, 2, "old text").with(Operation.DELETE));
        builder.append(Row.of(TestModels.TEXTS, 3, "new text").with(Operation.UPDATE));
        RecordBatch result = apply(embed, builder.build());
        assertThat(result.toRows())
                .extracting(Row::operation)
                .containsExactly(Operation.DELETE, Operation.DELETE, Operation.UPDATE);
        assertThat(List.of(0, 1, 2)).filteredOn(result.column("vector")::isNull).containsExactly(0, 1);
    }

    @Test
    void takesAnEmptyBatch() {
        assertThat(apply(embed, TestModels.batch()).rowCount()).isZero();
    }

    @Test
    void keepsTheFirstDimensionsAndNormalisesAgain() {
        try (Transform shorter = TestModels.transform(new EmbedConnector(), "field", "text", "dimensions", 128)) {
            shorter.open(TestModels.HERE);
            float[] kept = vector(apply(shorter, TestModels.batch("some text")), 0);
            float[] whole = vector(apply(embed, TestModels.batch("some text")), 0);
            assertThat(TestModels.cosine(kept, 0, whole, 0, 128)).isCloseTo(1, within(1e-5));
            assertThat(TestModels.cosine(kept, kept)).isCloseTo(1, within(1e-5));
            assertThat(kept).hasSize(128);
        }
    }

    @Test
    void embedsTheHeadingThatChunkFound() {
        Schema schema = Schema.of(
                Field.of("text", DataType.STRING),
                Field.of("heading", DataType.STRING).with(HeadingContext.HEADING_OF, "text"));
        RecordBatch batch = RecordBatch.of(
                schema,
                1,
                new BatchBuilder(schema)
                        .append("It is on by default", "Compaction")
                        .build()
                        .columns());
        try (Transform plain = TestModels.transform(new EmbedConnector(), "field", "text", "context", "none")) {
            plain.open(TestModels.HERE);
            float[] with = vector(apply(embed, batch), 0);
            float[] without = vector(apply(plain, batch), 0);
            float[] question = vector(apply(plain, TestModels.batch("compaction")), 0);
            assertThat(TestModels.cosine(with, question)).isGreaterThan(TestModels.cosine(without, question) + 0.1);
        }
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        Transform wrong = TestModels.transform(
                new EmbedConnector(), "field", "txet", "into", "id", "dimensions", 500, "max-tokens", 300);
        assertThatThrownBy(() -> wrong.output(TestModels.TEXTS))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        field: there is no column 'txet'; did you mean 'text'?
                        into: there is a column 'id' already; rename or drop that one before
                        max-tokens: 300 is more than the 256 of model 'all-minilm-l6-v2'; give 256 at most, or leave it out
                        dimensions: 500 is more than the 384 of model 'all-minilm-l6-v2'; give 384 at most, or leave it out""");
    }

    @Test
    void refusesColumnsThatAreNoText() {
        Transform wrong = TestModels.transform(new EmbedConnector(), "field", "id");
        assertThatThrownBy(() -> wrong.output(TestModels.TEXTS))
                .hasMessage("field: column 'id' is int32, not string; name a column of text, or cast it before");
    }

    // EM-06
    @Test
    void namesTheModelThatIsMeant() {
        Transform wrong = TestModels.transform(new EmbedConnector(), "field", "text", "model", "all-minilm-l6-v2-k");
        assertThatThrownBy(() -> wrong.open(TestModels.HERE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean 'all-minilm-l6-v2-q'?");
    }

    // EM-06
    @Test
    void saysWhatCudaNeeds() {
        Transform cuda = TestModels.transform(new EmbedConnector(), "field", "text", "device", "cuda");
        assertThatThrownBy(() -> cuda.open(TestModels.HERE))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("device: Cannot use device 'cuda'")
                .hasMessageEndingWith("or use device: cpu");
        cuda.close();
    }

    @Test
    void refusesToWorkBeforeItIsOpenAndAfterItIsClosed() {
        Transform transform = TestModels.transform(new EmbedConnector(), "field", "text");
        assertThatThrownBy(() -> transform.apply(TestModels.batch("a"))).isInstanceOf(IllegalStateException.class);
        transform.open(TestModels.HERE);
        transform.close();
        transform.close();
        assertThatThrownBy(() -> transform.apply(TestModels.batch("a"))).isInstanceOf(IllegalStateException.class);
    }
}
