package dev.penstock.conformance.mutants;

import java.util.List;
import java.util.stream.Stream;

/** All mutants: a line for each class that lists some. */
public final class Mutants {
    private Mutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        return Stream.of( //
                        ConfigurationMutants.all(), //
                        LifecycleMutants.all(), //
                        DiscoveryMutants.all(), //
                        SourceMutants.all(), //
                        SourceRowMutants.all(), //
                        SinkMutants.all(), //
                        TransactionMutants.all(), //
                        SinkErrorMutants.all(), //
                        CrashMutants.all(), //
                        HandoverMutants.all(), //
                        FaultMutants.all(), //
                        ThreadMutants.all(), //
                        TransformMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
