package dev.penstock.format.registry;

import java.util.List;
import java.util.Map;

/**
 * A schema as a registry has it.
 *
 * @param id what records name it by
 * @param kind AVRO, PROTOBUF or JSON
 * @param text of the schema itself
 * @param references by the name they are used under, the texts of the schemas that it needs, and that these need, each
 *     before those that need it
 */
public record RegisteredSchema(int id, Kind kind, String text, Map<String, String> references) {
    /** The language of a schema, as the API names it. */
    public enum Kind {
        AVRO,
        PROTOBUF,
        JSON
    }

    /** What a schema is registered as. */
    public record Draft(Kind kind, String text, List<SchemaReference> references) {
        public Draft {
            references = List.copyOf(references);
        }

        /** A schema that stands alone. */
        public static Draft of(Kind kind, String text) {
            return new Draft(kind, text, List.of());
        }
    }
}
