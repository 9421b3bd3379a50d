package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.Field;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;

/** Something to do to the columns of a table so that rows fit. */
sealed interface SchemaChange {
    void applyTo(UpdateSchema update);

    /** The change for people. */
    String text();

    /** A column that rows have and the table does not. */
    record Add(Field field, Type type) implements SchemaChange {
        @Override
        public void applyTo(UpdateSchema update) {
            update.addColumn(field.name(), type);
        }

        @Override
        public String text() {
            return "add column " + field.name() + ": " + field.type().text();
        }
    }

    /** A column whose values have become larger than the table takes. */
    record Widen(Field field, Type.PrimitiveType type) implements SchemaChange {
        @Override
        public void applyTo(UpdateSchema update) {
            update.updateColumn(field.name(), type);
        }

        @Override
        public String text() {
            return "widen column " + field.name() + " to " + field.type().text();
        }
    }

    /** A column that the table requires and rows may not have. */
    record MakeOptional(String name) implements SchemaChange {
        @Override
        public void applyTo(UpdateSchema update) {
            update.makeColumnOptional(name);
        }

        @Override
        public String text() {
            return "make column " + name + " optional";
        }
    }
}
