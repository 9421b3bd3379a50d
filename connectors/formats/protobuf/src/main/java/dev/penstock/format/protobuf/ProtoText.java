package dev.penstock.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes descriptors of the text of a .proto file: of what decides how messages are read and written. Services, custom
 * options and extensions are left out.
 */
final class ProtoText {
    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Map.ofEntries(
            Map.entry("double", FieldDescriptorProto.Type.TYPE_DOUBLE),
            Map.entry("float", FieldDescriptorProto.Type.TYPE_FLOAT),
            Map.entry("int64", FieldDescriptorProto.Type.TYPE_INT64),
            Map.entry("uint64", FieldDescriptorProto.Type.TYPE_UINT64),
            Map.entry("int32", FieldDescriptorProto.Type.TYPE_INT32),
            Map.entry("fixed64", FieldDescriptorProto.Type.TYPE_FIXED64),
            Map.entry("fixed32", FieldDescriptorProto.Type.TYPE_FIXED32),
            Map.entry("bool", FieldDescriptorProto.Type.TYPE_BOOL),
            Map.entry("string", FieldDescriptorProto.Type.TYPE_STRING),
            Map.entry("bytes", FieldDescriptorProto.Type.TYPE_BYTES),
            Map.entry("uint32", FieldDescriptorProto.Type.TYPE_UINT32),
            Map.entry("sfixed32", FieldDescriptorProto.Type.TYPE_SFIXED32),
            Map.entry("sfixed64", FieldDescriptorProto.Type.TYPE_SFIXED64),
            Map.entry("sint32", FieldDescriptorProto.Type.TYPE_SINT32),
            Map.entry("sint64", FieldDescriptorProto.Type.TYPE_SINT64));

    private final boolean proto3;

    private ProtoText(boolean proto3) {
        this.proto3 = proto3;
    }

    /**
     * The descriptor of the file called {@code name}.
     *
     * @throws IllegalArgumentException if {@code text} is no .proto file, or uses what is not supported here
     */
    static FileDescriptorProto parse(String name, String text) {
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get(name), text);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        String syntax =
                Optional.ofNullable(file.getSyntax()).map(Object::toString).orElse("proto2");
        FileDescriptorProto.Builder builder = FileDescriptorProto.newBuilder().setName(name);
        if (!syntax.equals("proto2") && !syntax.equals("proto3")) {
            throw new IllegalArgumentException("editions are not supported, found " + syntax);
        }
        builder.setSyntax(syntax);
        Optional.ofNullable(file.getPackageName()).ifPresent(builder::setPackage);
        builder.addAllDependency(file.getImports());
        file.getPublicImports().forEach(imported -> {
            builder.addPublicDependency(builder.getDependencyCount());
            builder.addDependency(imported);
        });
        ProtoText reading = new ProtoText(syntax.equals("proto3"));
        for (TypeElement type : file.getTypes()) {
            if (type instanceof MessageElement message) {
                builder.addMessageType(reading.message(message));
            } else if (type instanceof EnumElement choice) {
                builder.addEnumType(choice(choice));
            }
        }
        return builder.build();
    }

    private DescriptorProto message(MessageElement message) {
        if (!message.getGroups().isEmpty()) {
            throw new IllegalArgumentException("groups are not supported, found one in " + message.getName());
        }
        DescriptorProto.Builder builder = DescriptorProto.newBuilder().setName(message.getName());
        for (TypeElement type : message.getNestedTypes()) {
            if (type instanceof MessageElement nested) {
                builder.addNestedType(message(nested));
            } else if (type instanceof EnumElement choice) {
                builder.addEnumType(choice(choice));
            }
        }
        addFields(message, builder);
        addSyntheticOneOfs(builder);
        return builder.build();
    }

    /** Fields as they stand in the text, those of oneofs among the others: the order that columns will have. */
    private void addFields(MessageElement message, DescriptorProto.Builder builder) {
        IdentityHashMap<FieldElement, Integer> choices = new IdentityHashMap<>();
        List<FieldElement> fields = new ArrayList<>(message.getFields());
        for (OneOfElement oneOf : message.getOneOfs()) {
            oneOf.getFields().forEach(field -> choices.put(field, builder.getOneofDeclCount()));
            fields.addAll(oneOf.getFields());
            builder.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneOf.getName()));
        }
        fields.sort(Comparator.comparingInt(
                        (FieldElement field) -> field.getLocation().getLine())
                .thenComparingInt(field -> field.getLocation().getColumn()));
        for (FieldElement field : fields) {
            FieldDescriptorProto.Builder made = field(field, builder);
            Optional.ofNullable(choices.get(field)).ifPresent(made::setOneofIndex);
            builder.addField(made);
        }
    }

    /** How descriptors have {@code optional} in proto3: behind all others, a oneof of its own for each such field. */
    private static void addSyntheticOneOfs(DescriptorProto.Builder message) {
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
    }

    private FieldDescriptorProto.Builder field(FieldElement field, DescriptorProto.Builder message) {
        FieldDescriptorProto.Builder builder =
                FieldDescriptorProto.newBuilder().setName(field.getName()).setNumber(field.getTag());
        String type = field.getType();
        if (type.startsWith("map<")) {
            builder.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
            return setType(builder, addEntry(field, message));
        }
        Field.Label label = field.getLabel();
        builder.setLabel(
                label == Field.Label.REPEATED
                        ? FieldDescriptorProto.Label.LABEL_REPEATED
                        : label == Field.Label.REQUIRED
                                ? FieldDescriptorProto.Label.LABEL_REQUIRED
                                : FieldDescriptorProto.Label.LABEL_OPTIONAL);
        if (proto3 && label == Field.Label.OPTIONAL) {
            builder.setProto3Optional(true);
        }
        Optional.ofNullable(field.getDefaultValue()).ifPresent(builder::setDefaultValue);
        packed(field)
                .ifPresent(value -> builder.setOptions(FieldOptions.newBuilder().setPacked(value)));
        return setType(builder, type);
    }

    private static Optional<Boolean> packed(FieldElement field) {
        return field.getOptions().stream()
                .filter(option -> option.getName().equals("packed") && !option.isParenthesized())
                .map(OptionElement::getValue)
                .map(value -> Boolean.valueOf(value.toString()))
                .findFirst();
    }

    private static FieldDescriptorProto.Builder setType(FieldDescriptorProto.Builder builder, String type) {
        FieldDescriptorProto.Type scalar = SCALARS.get(type);
        return scalar == null ? builder.setTypeName(type) : builder.setType(scalar);
    }

    /** Adds the message that the entries of a map are, and gives its name. */
    private static String addEntry(FieldElement field, DescriptorProto.Builder message) {
        String types =
                field.getType().substring("map<".length(), field.getType().length() - 1);
        int comma = types.indexOf(',');
        String name = entryName(field.getName());
        FieldDescriptorProto.Builder key =
                entryField("key", 1, types.substring(0, comma).strip());
        FieldDescriptorProto.Builder value =
                entryField("value", 2, types.substring(comma + 1).strip());
        message.addNestedType(DescriptorProto.newBuilder()
                .setName(name)
                .addField(key)
                .addField(value)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true)));
        return name;
    }

    private static FieldDescriptorProto.Builder entryField(String name, int number, String type) {
        return setType(
                FieldDescriptorProto.newBuilder()
                        .setName(name)
                        .setNumber(number)
                        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL),
                type);
    }

    private static String entryName(String field) {
        StringBuilder name = new StringBuilder();
        for (String part : field.split("_", -1)) {
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return name.append("Entry").toString();
    }

    private static EnumDescriptorProto choice(EnumElement choice) {
        EnumDescriptorProto.Builder builder = EnumDescriptorProto.newBuilder().setName(choice.getName());
        choice.getConstants()
                .forEach(constant ->
                        builder.addValueBuilder().setName(constant.getName()).setNumber(constant.getTag()));
        boolean aliases = choice.getOptions().stream()
                .anyMatch(option -> option.getName().equals("allow_alias")
                        && Boolean.parseBoolean(option.getValue().toString()));
        return aliases
                ? builder.setOptions(EnumOptions.newBuilder().setAllowAlias(true))
                        .build()
                : builder.build();
    }
}
