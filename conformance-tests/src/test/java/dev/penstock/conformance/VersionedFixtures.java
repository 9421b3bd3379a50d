package dev.penstock.conformance;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Fixtures of the reference source, or a mutant of it, whose author says that it reads versions: each append makes a
 * partition, which is honest unless {@code growing}.
 */
final class VersionedFixtures implements FixtureProvider {
    private final ReferenceFixtures reference;
    private final boolean growing;

    VersionedFixtures(Connector connector, boolean growing) {
        this.reference = new ReferenceFixtures(connector);
        this.growing = growing;
    }

    @Override
    public String connector() {
        return reference.connector();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SOURCE);
    }

    @Override
    public String system() {
        return reference.system();
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new Versioned(reference.fixture(place, directory), growing);
    }

    @Override
    public void close() {
        reference.close();
    }

    /** A fixture with another side. */
    private static final class Versioned extends ChangedFixture {
        private final Parts parts;

        Versioned(Fixture fixture, boolean growing) {
            super(fixture);
            this.parts = new Parts(fixture, growing);
        }

        @Override
        public SourceSide source() {
            return parts;
        }
    }

    /** Makes a partition of the reference for each append. */
    private static final class Parts implements SourceSide {
        private final Fixture fixture;
        private final boolean growing;
        /** For each partition that was made, the number that the kit knows its rows by. */
        private final List<Integer> numbers = new ArrayList<>();

        Parts(Fixture fixture, boolean growing) {
            this.fixture = fixture;
            this.growing = growing;
        }

        @Override
        public void create(int partitions) {
            fixture.source().create(0);
        }

        @Override
        public boolean versioned() {
            return true;
        }

        @Override
        public void append(int partition, List<NumberedRow> rows) {
            fixture.source().addPartition();
            fixture.source().append(numbers.size(), rows);
            if (growing && numbers.contains(partition)) {
                fixture.source().append(numbers.indexOf(partition), rows);
            }
            numbers.add(partition);
        }

        @Override
        public void appendTogether(int partition, List<NumberedRow> rows) {
            fixture.source().addPartition();
            fixture.source().appendTogether(numbers.size(), rows);
            numbers.add(partition);
        }

        @Override
        public void removePartition(int partition) {
            for (int made = 0; made < numbers.size(); made++) {
                if (numbers.get(made) == partition) {
                    fixture.source().removePartition(made);
                }
            }
        }

        @Override
        public Optional<Map<String, Object>> reading(Reading reading) {
            return fixture.source().reading(reading);
        }

        @Override
        public OptionalLong released(int partition) {
            return fixture.source().released(partition);
        }

        @Override
        public List<Row> appendTypes() {
            return fixture.source().appendTypes();
        }
    }
}
