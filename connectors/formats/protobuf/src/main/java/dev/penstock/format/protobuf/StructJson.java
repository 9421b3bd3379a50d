package dev.penstock.format.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.penstock.format.registry.JsonText;
import dev.penstock.spi.format.BadRecordException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/** Prints google.protobuf.Struct, Value and ListValue as the JSON that they stand for. */
final class StructJson {
    private final StringBuilder out = new StringBuilder();

    private StructJson() {}

    static String text(Descriptor message, byte[] data, int from, int to) {
        StructJson json = new StructJson();
        CodedInputStream in = CodedInputStream.newInstance(data, from, to - from);
        try {
            switch (message.getName()) {
                case "Struct" -> json.print(Struct.parseFrom(in));
                case "ListValue" -> json.print(ListValue.parseFrom(in));
                default -> json.print(Value.parseFrom(in));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new BadRecordException("holds a damaged " + message.getFullName());
        } catch (IOException e) {
            throw new BadRecordException("ends early");
        }
        return json.out.toString();
    }

    private void print(Struct struct) {
        out.append('{');
        Iterator<Map.Entry<String, Value>> entries =
                struct.getFieldsMap().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Value> entry = entries.next();
            print(entry.getKey());
            out.append(':');
            print(entry.getValue());
            out.append(entries.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private void print(ListValue list) {
        out.append('[');
        for (int i = 0; i < list.getValuesCount(); i++) {
            out.append(i == 0 ? "" : ",");
            print(list.getValues(i));
        }
        out.append(']');
    }

    private void print(Value value) {
        switch (value.getKindCase()) {
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> print(value.getStringValue());
            case BOOL_VALUE -> out.append(value.getBoolValue());
            case STRUCT_VALUE -> print(value.getStructValue());
            case LIST_VALUE -> print(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> out.append("null");
        }
    }

    private void number(double value) {
        if (!Double.isFinite(value)) {
            print(Double.toString(value));
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(value);
        }
    }

    private void print(String text) {
        JsonText.quote(text, out);
    }
}
