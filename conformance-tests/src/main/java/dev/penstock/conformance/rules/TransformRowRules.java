package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** EM-01 and EM-02: what comes out belongs to what went in, whatever goes in beside it. */
final class TransformRowRules {
    private static final int LARGEST_BATCH = 1024;
    private static final int NEIGHBOURS = 6;
    private static final String PLACES =
            "apply: a batch that is sorted by length must be put back in order, vectors and "
                    + "all other columns alike; off by one where a row has nothing to embed is the usual mistake";
    private static final String BATCHES =
            "apply: is padding masked in the network and in pooling; is the session run with "
                    + "settings that depend on the batch; is a buffer of the batch "
                    + "before used again without being cleared";

    private TransformRowRules() {}

    /**
     * EM-01. If this fails, check: whether the batch is sorted and put back in order, whether skipped rows shift the
     * rest.
     */
    static void rowsBelongTogether(Trial trial) {
        int largest = Math.min(LARGEST_BATCH, 32 * trial.effort().cycles());
        try (OpenTransform transform = OpenTransform.of(trial)) {
            for (int size : new int[] {1, 2, 31, 32, 33, largest}) {
                List<String> texts = SampleTexts.distinct(trial.random(), size, 8);
                RecordBatch batch = transform
                        .batch(texts)
                        .withEventTimes(
                                IntStream.range(0, size).mapToLong(row -> row).toArray());
                TransformedRows made = transform.apply(batch);
                checkUntouched(transform, made);
                if (transform.side().vectors().isPresent()) {
                    checkCount(made, size);
                    checkOwnVectors(transform, made, texts, trial.random().nextInt(size));
                }
            }
        }
    }

    private static void checkCount(TransformedRows made, int size) {
        int count = made.rows().rowCount();
        if (count + made.rejected().length != size) {
            throw new RuleViolation(
                    size + " rows went in, " + count + " came out and " + made.rejected().length + " were rejected",
                    PLACES);
        }
    }

    private static void checkUntouched(OpenTransform transform, TransformedRows made) {
        List<String> columns = new ArrayList<>(made.input().schema().names());
        columns.removeAll(transform.side().changed());
        for (int row = 0; row < made.rows().rowCount(); row++) {
            int origin = made.origins()[row];
            for (String column : columns) {
                Object before = made.input().column(column).value(origin);
                Object after = made.rows().column(column).value(row);
                if (!Objects.deepEquals(before, after)) {
                    throw new RuleViolation(
                            "column '" + column + "' of row " + origin + " of "
                                    + made.input().rowCount() + " went in as '" + before + "' and came out as '" + after
                                    + "'",
                            PLACES);
                }
            }
            checkTime(made, row, origin);
        }
    }

    private static void checkTime(TransformedRows made, int row, int origin) {
        long before = made.input().eventTime(origin);
        long after = made.rows().eventTime(row);
        if (before != after) {
            throw new RuleViolation(
                    "the event time of row " + origin + " went in as " + before + " and came out as " + after,
                    "apply: make the result of the input, with RecordBatch.withColumns or take, and not anew");
        }
    }

    /** The vector of a row is nearer to that of its text alone than to that of any text around it. */
    private static void checkOwnVectors(OpenTransform transform, TransformedRows made, List<String> texts, int from) {
        String column = transform.side().vectors().orElseThrow();
        List<Integer> rows = IntStream.range(from, Math.min(texts.size(), from + NEIGHBOURS))
                .filter(row -> made.of(row).length == 1)
                .boxed()
                .toList();
        List<float[]> alone = new ArrayList<>();
        for (int row : rows) {
            TransformedRows single = transform.apply(made.input().slice(row, row + 1));
            alone.add(single.vector(column, 0).orElse(new float[0]));
        }
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.get(i);
            float[] vector = made.vector(column, made.of(row)[0]).orElse(new float[0]);
            int nearest = nearest(vector, alone);
            if (nearest != i) {
                throw new RuleViolation(
                        "the vector of row " + row + " of " + texts.size() + ", '" + texts.get(row)
                                + "', is rather that of row " + rows.get(nearest),
                        PLACES);
            }
        }
    }

    private static int nearest(float[] vector, List<float[]> candidates) {
        int nearest = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (VectorTolerance.cosine(vector, candidates.get(i))
                    > VectorTolerance.cosine(vector, candidates.get(nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** EM-02. If this fails, check: whether padding is masked, whether buffers are cleared. */
    static void theBatchDoesNotMatter(Trial trial) throws Exception {
        List<String> texts = SampleTexts.distinct(trial.random(), 20, 60);
        List<TransformedRows> alone = new ArrayList<>();
        RecordBatch batch;
        try (OpenTransform transform = OpenTransform.of(trial)) {
            batch = transform.batch(texts);
            for (int row = 0; row < batch.rowCount(); row++) {
                alone.add(transform.apply(batch.slice(row, row + 1)));
            }
            for (int round = 0; round < trial.effort().seeds(); round++) {
                compare(transform, batch, someRows(trial, texts.size()), alone);
            }
            compareOnTwoThreads(trial, transform, batch, alone);
        }
        try (OpenTransform again = OpenTransform.of(trial)) {
            compare(again, batch, IntStream.range(0, texts.size()).toArray(), alone);
        }
    }

    private static int[] someRows(Trial trial, int count) {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(rows, trial.random());
        int size = 2 + trial.random().nextInt(count - 1);
        return rows.stream().limit(size).mapToInt(Integer::intValue).toArray();
    }

    private static void compareOnTwoThreads(
            Trial trial, OpenTransform transform, RecordBatch batch, List<TransformedRows> alone) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (OpenTransform other = OpenTransform.of(trial)) {
            List<Future<?>> both = new ArrayList<>();
            for (OpenTransform one : List.of(transform, other)) {
                int[] rows = someRows(trial, batch.rowCount());
                both.add(threads.submit(() -> compare(one, batch, rows, alone)));
            }
            for (Future<?> one : both) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuleViolation violation) {
                throw violation;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void compare(OpenTransform transform, RecordBatch batch, int[] rows, List<TransformedRows> alone) {
        TransformedRows together = transform.apply(batch.take(rows, rows.length));
        TransformedRows.Likeness likeness = transform.likeness(together);
        for (int row = 0; row < rows.length; row++) {
            Optional<String> difference = together.difference(row, alone.get(rows[row]), 0, likeness);
            if (difference.isPresent()) {
                throw new RuleViolation(
                        "row " + row + " of a batch of " + rows.length + " differs from the same row alone: "
                                + difference.get(),
                        BATCHES);
            }
        }
    }
}
