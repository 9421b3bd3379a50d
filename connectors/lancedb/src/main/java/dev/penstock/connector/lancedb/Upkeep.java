package dev.penstock.connector.lancedb;

import java.time.Duration;
import java.util.List;
import org.lance.Dataset;
import org.lance.cleanup.CleanupPolicy;
import org.lance.compaction.CompactionOptions;
import org.lance.index.OptimizeOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indexes, compaction and clean-up of a table, between commits and never beside them.
 *
 * <p>None of it matters to correctness: what fails because others change the table at the same time is left for later.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /** Commits after which old versions are cleaned away and new rows are taken into the indexes. */
    private static final int COMMITS = 64;

    private final SinkSettings settings;
    private final IndexBuilding indexes;
    private int commits;
    private int addedFragments;

    Upkeep(SinkSettings settings) {
        this.settings = settings;
        this.indexes = new IndexBuilding(settings.indexes());
    }

    /** Does what is due; {@code dataset} is at its newest version, and is so again afterwards. */
    void afterCommit(Dataset dataset, int fragments, List<String> key) {
        commits++;
        addedFragments += fragments;
        try {
            indexes.build(dataset, key);
            boolean due = commits % COMMITS == 0;
            if (settings.upkeep().compactFragments() > 0
                    && addedFragments >= settings.upkeep().compactFragments()) {
                compact(dataset);
                due = true;
            }
            if (due) {
                dataset.optimizeIndices(OptimizeOptions.builder().build());
                cleanUp(dataset);
            }
        } catch (Exception e) {
            LOG.warn("Upkeep of table {} is left for later: {}", dataset.uri(), LanceErrors.text(e));
        }
    }

    private void compact(Dataset dataset) {
        addedFragments = 0;
        dataset.compact(CompactionOptions.builder()
                .withTargetRowsPerFragment(settings.files().maxRows())
                .build());
        dataset.checkoutLatest();
    }

    private void cleanUp(Dataset dataset) {
        Duration kept = settings.upkeep().keepVersions();
        dataset.cleanupWithPolicy(CleanupPolicy.builder()
                .withBeforeTimestampMillis(System.currentTimeMillis() - kept.toMillis())
                .withErrorIfTaggedOldVersions(false)
                .build());
    }
}
