package dev.penstock.conformance.mutants;

import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;

/** The reference connector, with sources that differ. */
public abstract class SourceMutant extends ReferenceMutant {
    @Override
    public Source source(Config config) {
        return change(super.source(config), config);
    }

    abstract Source change(Source source, Config config);
}
