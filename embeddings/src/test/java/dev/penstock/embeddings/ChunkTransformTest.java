package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ChunkTransformTest {
    private static final Schema DOCUMENTS = new Schema(
            List.of(
                    Field.required("path", DataType.STRING),
                    Field.of("text", DataType.STRING),
                    Field.required("size", DataType.INT64)),
            List.of("path"));
    private static final String TWO_PARTS = "# One\n\n" + "Some words. ".repeat(60) + "\n\n# Two\n\nOther words.";
    private static Transform chunk;

    @BeforeAll
    static void open() {
        chunk = TestModels.transform(new ChunkConnector(), "max-tokens", 64, "overlap", 0);
        chunk.open(TestModels.HERE);
    }

    @AfterAll
    static void close() {
        chunk.close();
    }

    private static TransformResult apply(Row... rows) {
        BatchBuilder builder = new BatchBuilder(DOCUMENTS);
        for (Row row : rows) {
            builder.append(row);
        }
        return chunk.apply(builder.build());
    }

    private static Row document(Operation operation, String path, @Nullable String text) {
        return Row.of(DOCUMENTS, path, text, 7L).with(operation);
    }

    @Test
    void addsIdIndexAndHeadingAndMakesTheIdTheKey() {
        Schema output = chunk.output(DOCUMENTS);
        assertThat(output.toString())
                .isEqualTo("(path: string!, text: string, size: int64, chunk_id: string, chunk_index: int32, "
                        + "heading: string)");
        assertThat(output.key()).containsExactly("chunk_id");
        assertThat(apply(document(Operation.READ, "a", TWO_PARTS)).rows().schema())
                .isEqualTo(output);
    }

    @Test
    void insertsTheChunksOfADocumentThatWasRead() {
        TransformResult result =
                apply(document(Operation.READ, "a", "Short."), document(Operation.INSERT, "b", TWO_PARTS));
        List<Row> rows = result.rows().toRows();
        assertThat(rows).allMatch(row -> row.operation() == Operation.INSERT);
        assertThat(rows).extracting(row -> row.get("path")).startsWith("a", "b").hasSize(5);
        assertThat(rows).extracting(row -> row.get("chunk_index")).containsExactly(0, 0, 1, 2, 3);
        assertThat(rows).extracting(row -> row.get("size")).containsOnly(7L);
        assertThat(rows.get(4).get("heading")).isEqualTo("Two");
        assertThat(result.inputRows()).hasValueSatisfying(in -> assertThat(in).containsExactly(0, 1, 1, 1, 1));
    }

    @Test
    void deletesThenInsertsTheChunksOfADocumentThatHasChanged() {
        List<Row> rows =
                apply(document(Operation.UPDATE, "a", "New text.")).rows().toRows();
        assertThat(rows).extracting(Row::operation).containsExactly(Operation.DELETE, Operation.INSERT);
        assertThat(rows.get(0).values()).containsExactly("a", null, null, null, null, null);
    }

    @Test
    void deletesTheChunksOfTheFormerKeyOfADocument() {
        List<Row> rows = updated(Field.required("path", DataType.STRING), "old");
        assertThat(rows)
                .extracting(Row::operation)
                .containsExactly(Operation.DELETE, Operation.DELETE, Operation.INSERT);
        assertThat(rows).extracting(row -> row.get("path")).containsExactly("old", "new", "new");
        assertThat(rows.get(0).values()).containsExactly("old", null, null, null, null, null);
    }

    @Test
    void deletesOnceIfTheFormerKeyIsTheSameOrUnknown() {
        assertThat(updated(Field.required("path", DataType.STRING), "new")).hasSize(2);
        assertThat(updated(Field.of("path", DataType.STRING), null)).hasSize(2);
        assertThat(updated(Field.of("path", DataType.INT64), 7L)).hasSize(2);
        assertThat(updated(Field.of("name", DataType.STRING), "old")).hasSize(2);
    }

    /** What becomes of a document whose path is "new" now and of whose former row one value is known. */
    private static List<Row> updated(Field field, @Nullable Object value) {
        RecordBatch before = new BatchBuilder(Schema.of(field)).append(value).build();
        RecordBatch now = new BatchBuilder(DOCUMENTS)
                .append(document(Operation.UPDATE, "new", "New text."))
                .build();
        return chunk.apply(now.withBefore(before)).rows().toRows();
    }

    @Test
    void passesTheDeleteOfADocument() {
        Schema nullable = new Schema(
                List.of(Field.of("path", DataType.STRING), Field.of("text", DataType.STRING)), List.of("path"));
        RecordBatch batch = new BatchBuilder(nullable)
                .append(Row.of(nullable, "gone", null).with(Operation.DELETE))
                .build();
        assertThat(chunk.apply(batch).rows().toRows())
                .singleElement()
                .satisfies(row -> assertThat(row.operation()).isEqualTo(Operation.DELETE))
                .satisfies(row -> assertThat(row.get("path")).isEqualTo("gone"));
    }

    @Test
    void makesNoChunkOfADocumentWithoutText() {
        assertThat(apply(
                                document(Operation.READ, "a", ""),
                                document(Operation.READ, "b", null),
                                document(Operation.READ, "c", " \n "),
                                document(Operation.READ, "d", "<!-- nothing to see -->"))
                        .rows()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void namesChunksByWhatTheySay() {
        String same = "# A\n\n" + "Same words. ".repeat(24) + "\n\n";
        List<Object> old = ids("a", same + same + "# B\n\nEnd.");
        List<Object> edited = ids("a", "# Z\n\nNew beginning.\n\n" + same + same + "# B\n\nEnd.");
        assertThat(old).doesNotHaveDuplicates().allMatch(id -> id.toString().matches("[0-9a-f]{32}"));
        assertThat(edited).containsAll(old);
        assertThat(ids("other", same)).doesNotContainAnyElementsOf(old);
    }

    private static List<Object> ids(String path, String text) {
        return apply(document(Operation.READ, path, text)).rows().toRows().stream()
                .map(row -> row.get("chunk_id"))
                .toList();
    }

    @Test
    void tellsLongKeysOfBytesApartThatBeginAlike() {
        Schema hashed = new Schema(
                List.of(Field.required("hash", DataType.BYTES), Field.of("text", DataType.STRING)), List.of("hash"));
        BatchBuilder builder = new BatchBuilder(hashed);
        for (byte last = 0; last < 2; last++) {
            byte[] key = new byte[1000];
            key[999] = last;
            builder.append(Row.of(hashed, Bytes.copyOf(key), "The same text."));
        }
        assertThat(chunk.apply(builder.build()).rows().toRows())
                .extracting(row -> row.get("chunk_id"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        Transform wrong = TestModels.transform(new ChunkConnector(), "field", "body", "key", List.of("paht"));
        assertThatThrownBy(() -> wrong.output(DOCUMENTS.with(Field.of("heading", DataType.STRING))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        field: there is no column 'body'; use one of: path, text, size, heading
                        there is a column 'heading' already; rename or drop that one before
                        key: there is no column 'paht'; did you mean 'path'?""");
    }

    @Test
    void refusesChunksThatRepeatMoreThanTheyAdd() {
        assertThatThrownBy(() -> TestModels.transform(new ChunkConnector(), "max-tokens", 20, "overlap", 16))
                .hasMessage("[overlap: 16 is more than half of max-tokens, which is 20; give 10 at most]");
    }

    @Test
    void wantsToKnowWhatTellsDocumentsApart() {
        assertThatThrownBy(() -> chunk.output(DOCUMENTS.withKey(List.of())))
                .hasMessage("key: the columns [path, text, size] have no key to tell documents apart; "
                        + "name the columns that do, for example key: [path]");
        Transform named = TestModels.transform(new ChunkConnector(), "key", "path");
        assertThat(named.output(DOCUMENTS.withKey(List.of())).key()).containsExactly("chunk_id");
    }
}
