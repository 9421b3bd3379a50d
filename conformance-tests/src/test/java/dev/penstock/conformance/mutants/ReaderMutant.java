package dev.penstock.conformance.mutants;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.util.Optional;

/** The reference connector, with readers that differ. */
abstract class ReaderMutant extends SourceMutant {
    @Override
    Source change(Source source, Config config) {
        return new ChangedSource(source) {
            @Override
            SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
                return ReaderMutant.this.change(reader, resumeFrom);
            }
        };
    }

    abstract SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom);
}
