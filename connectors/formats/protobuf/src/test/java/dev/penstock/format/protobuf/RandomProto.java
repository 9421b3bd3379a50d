package dev.penstock.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.Random;

/** Schemas and messages that one number decides. */
final class RandomProto {
    private static final List<String> SCALARS = List.of(
            "double",
            "float",
            "int32",
            "int64",
            "uint32",
            "uint64",
            "sint32",
            "sint64",
            "fixed32",
            "fixed64",
            "sfixed32",
            "sfixed64",
            "bool",
            "string",
            "bytes",
            "Choice",
            "google.protobuf.Timestamp",
            "google.protobuf.StringValue",
            "google.protobuf.Int64Value");
    private static final List<String> KEYS = List.of("string", "int32", "int64", "bool", "sint64");
    private static final String[] TEXTS = {"", "a", "plain text", "\u00fcml\u00e4ut", "\ud83d\ude00"};

    private final Random random;
    private final boolean proto3;

    RandomProto(long seed) {
        this.random = new Random(seed);
        this.proto3 = seed % 3 != 0;
    }

    /** A .proto file. */
    String schema() {
        String enums = "enum Choice { NONE = 0; ONE = 1; MANY = 1000; }\n";
        return "syntax = \"" + (proto3 ? "proto3" : "proto2") + "\";\npackage random;\n"
                + "import \"google/protobuf/timestamp.proto\";\nimport \"google/protobuf/wrappers.proto\";\n" + enums
                + message("Outer", 2);
    }

    private String message(String name, int depth) {
        StringBuilder text = new StringBuilder("message " + name + " {\n");
        int fields = 1 + random.nextInt(7);
        for (int i = 0; i < fields; i++) {
            int number = i * (1 + random.nextInt(3)) * 100 + i + 1;
            text.append(field(name, "f" + i, number, depth));
        }
        text.append("oneof pick { int32 left = 5001; string right = 5002; ")
                .append("google.protobuf.Timestamp at = 5003; }\n");
        return text.append("}\n").toString();
    }

    private String field(String message, String name, int number, int depth) {
        String nested = message + "_" + name;
        boolean deep = depth > 0 && random.nextInt(4) == 0;
        String type = deep ? nested : SCALARS.get(random.nextInt(SCALARS.size()));
        String line = switch (random.nextInt(proto3 ? 4 : 5)) {
            case 0 -> "repeated " + type + " " + name + " = " + number;
            case 1 -> "map<" + KEYS.get(random.nextInt(KEYS.size())) + ", " + type + "> " + name + " = " + number;
            case 2 -> (proto3 ? "" : "optional ") + type + " " + name + " = " + number;
            case 3 -> "optional " + type + " " + name + " = " + number;
            default -> "required " + type + " " + name + " = " + number;
        };
        return (deep ? message(nested, depth - 1) : "") + line + ";\n";
    }

    /** A message of some of the fields, in their order. */
    DynamicMessage value(Descriptor message) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
        for (FieldDescriptor field : message.getFields()) {
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    builder.addRepeatedField(field, single(field));
                }
            } else if (field.isRequired() || message.getOptions().getMapEntry() || random.nextBoolean()) {
                builder.setField(field, single(field));
            }
        }
        return builder.build();
    }

    private Object single(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE -> random.nextGaussian() * 1e6;
            case FLOAT -> random.nextFloat();
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> random.nextInt() >> random.nextInt(32);
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> random.nextLong() >> random.nextInt(64);
            case BOOL -> random.nextBoolean();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> ByteString.copyFromUtf8(TEXTS[random.nextInt(TEXTS.length)]);
            case ENUM -> choice(field.getEnumType());
            case MESSAGE, GROUP -> message(field.getMessageType());
        };
    }

    private Object choice(EnumDescriptor type) {
        return type.getValues().get(random.nextInt(type.getValues().size()));
    }

    private DynamicMessage message(Descriptor type) {
        if (WellKnown.of(type) == WellKnown.TIMESTAMP) {
            return DynamicMessage.newBuilder(type)
                    .setField(type.findFieldByNumber(1), (long) random.nextInt())
                    .setField(type.findFieldByNumber(2), random.nextInt(1_000_000) * 1_000)
                    .build();
        }
        return value(type);
    }
}
