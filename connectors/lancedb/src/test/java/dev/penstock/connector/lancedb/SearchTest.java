package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.Search;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchTest {
    private static final int DIMENSIONS = 16;
    private static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("vector", DataType.vector(DIMENSIONS)).with(ModelMetadata.NAME, "tiny"));

    @TempDir
    Path directory;

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static RecordBatch rows(int count) {
        Random random = new Random(7);
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long id = 0; id < count; id++) {
            builder.append(id, vector(random));
        }
        return builder.build();
    }

    private Search open() {
        Search search = new LanceConnector().search(Incarnation.config(Map.of("uri", "db", "table", "docs")));
        search.open(new KitContext("pipeline", "lancedb", 1, directory));
        return search;
    }

    private static Search.Request request(RecordBatch rows, int row, int limit, Optional<String> filter) {
        return new Search.Request("vector", rows.row(row).get("vector", float[].class), limit, filter);
    }

    private RecordBatch write(int count, String index) {
        RecordBatch rows = rows(count);
        try (Incarnation run = Incarnation.in(directory, SCHEMA)
                .set("vector-index", index)
                .set("vector-index-rows", 256)
                .start()) {
            run.write(1, rows);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "auto", "ivf-flat", "ivf-sq", "ivf-pq", "ivf-hnsw-sq"})
    void findsTheRowItselfFirstWithTheBestScore(String index) {
        RecordBatch rows = write(600, index);
        try (Search search = open()) {
            RecordBatch found = search.nearest(request(rows, 42, 5, Optional.empty()));
            assertThat(found.rowCount()).isEqualTo(5);
            assertThat(found.row(0).get("id")).isEqualTo(42L);
            assertThat(found.row(0).get(Search.SCORE, Double.class)).isBetween(0.999, 1.001);
            assertThat(found.row(1).get(Search.SCORE, Double.class)).isLessThan(0.999);
        }
    }

    @Test
    void looksOnlyAtRowsThatMeetTheFilter() {
        RecordBatch rows = write(600, "auto");
        try (Search search = open()) {
            RecordBatch found = search.nearest(request(rows, 42, 5, Optional.of("id BETWEEN 100 AND 102")));
            assertThat(found.toRows()).extracting(row -> row.get("id")).containsExactlyInAnyOrder(100L, 101L, 102L);
        }
    }

    @Test
    void tellsWhichModelMadeTheVectors() {
        write(1, "auto");
        try (Search search = open()) {
            assertThat(search.schema().field("vector").metadata()).containsEntry(ModelMetadata.NAME, "tiny");
        }
    }

    @Test
    void refusesAVectorOfAnotherDimension() {
        write(1, "auto");
        try (Search search = open()) {
            assertThatThrownBy(() -> search.nearest(new Search.Request("vector", new float[3], 1, Optional.empty())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("vector: has 3 dimensions and column 'vector' has 16;"
                            + " use the model that the table was written with");
        }
    }

    @Test
    void namesTheVectorColumnThatWasMeant() {
        write(1, "auto");
        try (Search search = open()) {
            assertThatThrownBy(() ->
                            search.nearest(new Search.Request("vectr", new float[DIMENSIONS], 1, Optional.empty())))
                    .hasMessage("column: the table has no vector column 'vectr'; did you mean 'vector'?");
        }
    }

    @Test
    void explainsAFilterThatCannotBeUnderstood() {
        RecordBatch rows = write(1, "auto");
        try (Search search = open()) {
            assertThatThrownBy(() -> search.nearest(request(rows, 0, 1, Optional.of("nonsense = 1"))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("filter: cannot be understood:")
                    .hasMessageNotContaining(".rs:");
        }
    }

    @Test
    void saysThatThereIsNothingToSearchYet() {
        Search search = new LanceConnector().search(Incarnation.config(Map.of("uri", "db", "table", "docs")));
        assertThatThrownBy(() -> search.open(new KitContext("pipeline", "lancedb", 1, directory)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("table: there is no table '" + directory
                        + "/db/docs.lance' yet; run the pipeline that writes it first");
        search.close();
    }

    @Test
    void findsNothingInAnEmptyTable() {
        Incarnation.in(directory, SCHEMA).start().close();
        try (Search search = open()) {
            RecordBatch found =
                    search.nearest(new Search.Request("vector", new float[DIMENSIONS], 3, Optional.empty()));
            assertThat(found.rowCount()).isZero();
            assertThat(found.schema().names()).containsExactly("id", "vector", "score");
        }
    }
}
