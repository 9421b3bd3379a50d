package dev.penstock.connector.lancedb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.lance.Dataset;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the indexes that are asked for once the table has rows enough for them. */
final class IndexBuilding {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBuilding.class);
    private static final int PQ_BITS = 8;
    private static final int PQ_DIMENSIONS_PER_CODE = 8;
    private static final int TRAINING_ROUNDS = 50;
    private static final int MAX_WORD = 40;
    private static final int MIN_NGRAM = 3;
    private static final int MAX_PARTITIONS = 4096;

    private final SinkSettings.Indexes settings;
    private final Set<String> done = new HashSet<>();

    IndexBuilding(SinkSettings.Indexes settings) {
        this.settings = settings;
    }

    /** Makes what is missing and due; whether anything was made. */
    boolean build(Dataset dataset, List<String> key) {
        List<Wanted> missing = wanted(dataset, key).stream()
                .filter(wanted -> !done.contains(wanted.name()))
                .toList();
        if (missing.isEmpty()) {
            return false;
        }
        long rows = dataset.countRows();
        Set<String> existing = new HashSet<>(dataset.listIndexes());
        boolean built = false;
        for (Wanted wanted : missing) {
            if (existing.contains(wanted.name())) {
                done.add(wanted.name());
            } else if (rows >= wanted.minRows()) {
                create(dataset, wanted, rows);
                built = true;
            }
        }
        return built;
    }

    /** An index that should be there from so many rows on. */
    private record Wanted(String column, Kind kind, long minRows) {
        /** Mostly the name that Lance would choose too, so that an index made by hand is found. */
        String name() {
            return column + (kind == Kind.FULL_TEXT ? "_words_idx" : "_idx");
        }
    }

    private enum Kind {
        VECTOR,
        SCALAR,
        FULL_TEXT
    }

    private List<Wanted> wanted(Dataset dataset, List<String> key) {
        List<Wanted> wanted = new ArrayList<>();
        settings.scalar().forEach(column -> wanted.add(new Wanted(column, Kind.SCALAR, 1)));
        settings.fullText().forEach(column -> wanted.add(new Wanted(column, Kind.FULL_TEXT, 1)));
        if (key.size() == 1 && !settings.scalar().contains(key.get(0))) {
            wanted.add(new Wanted(key.get(0), Kind.SCALAR, settings.vectorRows()));
        }
        if (settings.vector() != SinkSettings.VectorIndex.NONE) {
            for (Field field : dataset.getSchema().getFields()) {
                if (field.getType() instanceof ArrowType.FixedSizeList) {
                    wanted.add(new Wanted(field.getName(), Kind.VECTOR, settings.vectorRows()));
                }
            }
        }
        return wanted;
    }

    private void create(Dataset dataset, Wanted wanted, long rows) {
        LOG.info("Indexing column {} of table {}, {} rows", wanted.column(), dataset.uri(), rows);
        IndexType type = type(wanted.kind());
        IndexParams parameters = parameters(dataset, wanted, rows);
        try {
            dataset.createIndex(IndexOptions.builder(List.of(wanted.column()), type, parameters)
                    .withIndexName(wanted.name())
                    .build());
        } catch (Exception e) {
            // The others are tried all the same, and this one again by the next incarnation.
            LOG.warn(
                    "Column {} of table {} stays without index: {}",
                    wanted.column(),
                    dataset.uri(),
                    LanceErrors.text(e));
        }
        dataset.checkoutLatest();
        done.add(wanted.name());
    }

    private IndexType type(Kind kind) {
        return switch (kind) {
            case SCALAR -> IndexType.BTREE;
            case FULL_TEXT -> IndexType.INVERTED;
            case VECTOR ->
                switch (settings.vector()) {
                    case IVF_SQ -> IndexType.IVF_SQ;
                    case IVF_PQ -> IndexType.IVF_PQ;
                    case IVF_HNSW_SQ -> IndexType.IVF_HNSW_SQ;
                    case NONE, AUTO, IVF_FLAT -> IndexType.IVF_FLAT;
                };
        };
    }

    private IndexParams parameters(Dataset dataset, Wanted wanted, long rows) {
        IndexParams.Builder parameters = IndexParams.builder();
        return switch (wanted.kind()) {
            case SCALAR ->
                parameters
                        .setScalarIndexParams(ScalarIndexParams.create("btree"))
                        .build();
            case FULL_TEXT ->
                parameters
                        .setScalarIndexParams(InvertedIndexParams.builder()
                                .baseTokenizer(settings.tokenizer())
                                .language("English")
                                .withPosition(false)
                                .maxTokenLength(MAX_WORD)
                                .lowerCase(true)
                                .stem(false)
                                .removeStopWords(false)
                                .asciiFolding(true)
                                .minNgramLength(MIN_NGRAM)
                                .maxNgramLength(MIN_NGRAM)
                                .prefixOnly(false)
                                .build())
                        .build();
            case VECTOR ->
                parameters
                        .setVectorIndexParams(vector(dimensions(dataset, wanted.column()), rows))
                        .build();
        };
    }

    private static int dimensions(Dataset dataset, String column) {
        return Optional.of(dataset.getSchema().findField(column).getType())
                .map(ArrowType.FixedSizeList.class::cast)
                .map(ArrowType.FixedSizeList::getListSize)
                .orElseThrow();
    }

    private VectorIndexParams vector(int dimensions, long rows) {
        int partitions = (int) Math.max(1, Math.min(MAX_PARTITIONS, Math.sqrt((double) rows)));
        IvfBuildParams ivf =
                new IvfBuildParams.Builder().setNumPartitions(partitions).build();
        SQBuildParams quantised = new SQBuildParams.Builder().build();
        return switch (settings.vector()) {
            case NONE, AUTO, IVF_FLAT -> VectorIndexParams.ivfFlat(partitions, DistanceType.Cosine);
            case IVF_SQ ->
                new VectorIndexParams.Builder(ivf)
                        .setDistanceType(DistanceType.Cosine)
                        .setSqParams(quantised)
                        .build();
            case IVF_PQ ->
                VectorIndexParams.ivfPq(partitions, PQ_BITS, codes(dimensions), DistanceType.Cosine, TRAINING_ROUNDS);
            case IVF_HNSW_SQ ->
                VectorIndexParams.withIvfHnswSqParams(
                        DistanceType.Cosine, ivf, new HnswBuildParams.Builder().build(), quantised);
        };
    }

    /** The codes of a product quantiser must divide the dimensions. */
    private static int codes(int dimensions) {
        int codes = Math.max(1, dimensions / PQ_DIMENSIONS_PER_CODE);
        while (dimensions % codes != 0) {
            codes--;
        }
        return codes;
    }
}
