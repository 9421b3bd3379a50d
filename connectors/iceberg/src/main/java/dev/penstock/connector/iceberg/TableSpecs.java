package dev.penstock.connector.iceberg;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.iceberg.PartitionSpec;

/** All the ways in which files of a table are or were partitioned. */
record TableSpecs(Map<Integer, PartitionSpec> byId) {
    TableSpecs {
        byId = Map.copyOf(byId);
    }

    PartitionSpec get(int id) {
        PartitionSpec spec = byId.get(id);
        if (spec == null) {
            throw new IllegalArgumentException("Cannot describe a file of unknown partition spec " + id);
        }
        return spec;
    }

    /** Whether files may be partitioned in more than one way. */
    boolean areSeveral() {
        return byId.size() > 1;
    }

    /** The id of the spec without partitions, whose deletes hold in all partitions of all specs. */
    OptionalInt unpartitioned() {
        return byId.values().stream()
                .filter(spec -> spec.fields().isEmpty())
                .mapToInt(PartitionSpec::specId)
                .findFirst();
    }
}
