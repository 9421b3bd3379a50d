package dev.penstock.connector.postgres;

/**
 * A row of {@code pg_type}.
 *
 * @param schema where it is
 * @param name without the schema
 * @param kind {@code typtype}: b base, c composite, d domain, e enum, p pseudo, r range, m multirange
 * @param element for an array the type of its elements, else 0
 * @param base for a domain the type under it, else 0
 * @param baseModifier for a domain the modifier of the type under it, else -1
 * @param relation for a composite the relation that has its columns, else 0
 * @param extension that it belongs to, or the empty string
 */
record TypeEntry(
        int oid,
        String schema,
        String name,
        char kind,
        int element,
        int base,
        int baseModifier,
        int relation,
        String extension) {
    /** Whether it is part of every database. */
    boolean isBuiltIn() {
        return schema.equals("pg_catalog");
    }

    /** The name as SQL needs it. */
    String sqlName() {
        return isBuiltIn() ? Sql.name(name) : Sql.name(schema) + "." + Sql.name(name);
    }
}
