package dev.penstock.format.avro;

import java.util.Optional;
import org.apache.avro.Schema;

/** Finds the parts of two versions of a schema that belong together. */
final class Schemas {
    private Schemas() {}

    /** The branch of {@code schema}, or itself, that values of {@code writer} are read as. */
    static Optional<Schema> like(Schema writer, Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return Optional.of(schema).filter(one -> one.getType() == writer.getType());
        }
        Optional<Schema> named = schema.getTypes().stream()
                .filter(branch -> branch.getType() == writer.getType()
                        && branch.getFullName().equals(writer.getFullName()))
                .findFirst();
        return named.or(() -> schema.getTypes().stream()
                .filter(branch -> branch.getType() == writer.getType())
                .findFirst());
    }
}
