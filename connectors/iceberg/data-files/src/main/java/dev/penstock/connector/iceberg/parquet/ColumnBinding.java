package dev.penstock.connector.iceberg.parquet;

import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.schema.GroupType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the column of rows for each column of a file, by name at every depth. A column that rows lack is null; one that
 * the table lacks, and one of a type that does not fit, is refused.
 */
final class ColumnBinding {
    private final FileColumns file;
    private final TypeMapping mapping = new TypeMapping();

    ColumnBinding(FileColumns file) {
        this.file = file;
    }

    /** The columns of {@code table}, filled from those of rows of {@code given}. */
    ColumnNode.Struct bind(Schema table, dev.penstock.spi.data.Schema given) {
        return struct(new Place("", false, 0, List.of()), file.type(), table.asStruct(), given.fields());
    }

    /**
     * Where a column is.
     *
     * @param name for people: the parts of the path with points between
     * @param depth how many lists and maps it is in
     * @param path as Parquet says it
     */
    private record Place(String name, boolean optional, int depth, List<String> path) {
        Place child(String column, boolean mayBeNull, org.apache.parquet.schema.Type... steps) {
            List<String> longer = new ArrayList<>(path);
            for (org.apache.parquet.schema.Type step : steps) {
                longer.add(step.getName());
            }
            return new Place(name.isEmpty() ? column : name + "." + column, mayBeNull, depth, longer);
        }

        Place deeper() {
            return new Place(name, optional, depth + 1, path);
        }
    }

    private ColumnNode.Struct struct(Place place, GroupType group, Types.StructType held, @Nullable List<Field> given) {
        refuseUnknown(place, held, given);
        List<ColumnNode> fields = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        int index = 0;
        for (NestedField field : held.fields()) {
            if (field.type().typeId() == Type.TypeID.UNKNOWN) {
                continue;
            }
            org.apache.parquet.schema.Type stored = group.getType(index++);
            int source = given == null ? -1 : find(given, field.name());
            DataType type =
                    given == null || source < 0 ? null : given.get(source).type();
            if (source < 0 && given != null && field.writeDefault() != null) {
                throw new DataException("Cannot write column '" + field.name() + "': rows lack it, and the table has a"
                        + " default for it, which is not supported; add the column to the rows");
            }
            fields.add(node(place.child(field.name(), field.isOptional(), stored), stored, field.type(), type));
            sources.add(source);
        }
        int[] indexes = sources.stream().mapToInt(Integer::intValue).toArray();
        return new ColumnNode.Struct(place.name(), place.optional(), fields, indexes);
    }

    private static int find(List<Field> given, String name) {
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static void refuseUnknown(Place place, Types.StructType held, @Nullable List<Field> given) {
        for (Field field : given == null ? List.<Field>of() : given) {
            NestedField target = held.field(field.name());
            if (target == null || target.type().typeId() == Type.TypeID.UNKNOWN) {
                throw new DataException("Cannot write column '"
                        + place.child(field.name(), true).name()
                        + "': the table has no such column; add it to the table or leave it out of the rows");
            }
        }
    }

    private ColumnNode node(Place place, org.apache.parquet.schema.Type stored, Type held, @Nullable DataType given) {
        if (given != null && !mapping.fits(given, held) && !held.isStructType()) {
            throw new DataException("Cannot write column '" + place.name() + "': the table holds " + held
                    + " there, and rows have " + given.text() + "; convert it before the sink");
        }
        return switch (held.typeId()) {
            case STRUCT -> struct(place, stored.asGroupType(), held.asStructType(), fieldsOf(place, held, given));
            case LIST -> list(place, stored.asGroupType(), held.asListType(), given);
            case MAP -> map(place, stored.asGroupType(), held.asMapType(), given);
            case VARIANT ->
                throw new DataException("Cannot write a file with column '" + place.name()
                        + "': variants are not supported; write to a table without it");
            default -> leaf(place, held.asPrimitiveType(), given);
        };
    }

    private static @Nullable List<Field> fieldsOf(Place place, Type held, @Nullable DataType given) {
        if (given == null) {
            return null;
        }
        if (given instanceof DataType.Struct struct) {
            return struct.fields();
        }
        throw new DataException("Cannot write column '" + place.name() + "': the table holds " + held
                + " there, and rows have " + given.text() + "; convert it before the sink");
    }

    private ColumnNode list(Place place, GroupType stored, Types.ListType held, @Nullable DataType given) {
        GroupType repeated = stored.getType(0).asGroupType();
        org.apache.parquet.schema.Type element = repeated.getType(0);
        Place below = place.child("element", held.isElementOptional(), repeated, element)
                .deeper();
        DataType type = given instanceof DataType.FixedList vector
                ? vector.element()
                : given instanceof DataType.ListOf list ? list.element() : null;
        return new ColumnNode.Listing(
                place.name(), place.optional(), below.depth(), node(below, element, held.elementType(), type));
    }

    private ColumnNode map(Place place, GroupType stored, Types.MapType held, @Nullable DataType given) {
        GroupType repeated = stored.getType(0).asGroupType();
        org.apache.parquet.schema.Type key = repeated.getType(0);
        org.apache.parquet.schema.Type value = repeated.getType(1);
        Place below = place.deeper();
        DataType.MapOf type = given instanceof DataType.MapOf map ? map : null;
        return new ColumnNode.Mapping(
                place.name(),
                place.optional(),
                below.depth(),
                node(below.child("key", false, repeated, key), key, held.keyType(), type == null ? null : type.key()),
                node(
                        below.child("value", held.isValueOptional(), repeated, value),
                        value,
                        held.valueType(),
                        type == null ? null : type.value()));
    }

    private ColumnNode leaf(Place place, Type.PrimitiveType held, @Nullable DataType given) {
        Cast cast = given == null ? Cast.NONE : cast(given, held);
        return new ColumnNode.Leaf(place.name(), place.optional(), cast, file.leaf(place.path()));
    }

    private static Cast cast(DataType given, Type.PrimitiveType held) {
        return switch (held.typeId()) {
            case LONG -> given.equals(DataType.INT64) ? Cast.NONE : Cast::widen;
            case DOUBLE -> given.equals(DataType.FLOAT32) ? Cast::widenFloat : Cast.NONE;
            case FIXED -> Cast.exactly(((Types.FixedType) held).length());
            case UUID -> Cast.exactly(16);
            case DECIMAL -> decimal(((Types.DecimalType) held).precision());
            default -> Cast.NONE;
        };
    }

    private static Cast decimal(int precision) {
        if (precision <= 9) {
            return Cast::narrow;
        }
        return precision <= DataType.Decimal.LONG_DIGITS
                ? Cast.NONE
                : Cast.decimal(TypeUtil.decimalRequiredBytes(precision));
    }
}
