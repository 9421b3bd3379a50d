package dev.penstock.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtoFilesTest {
    private static final String ORDER = """
            syntax = "proto3";
            package shop;
            import "shared/money.proto";
            import "google/protobuf/timestamp.proto";
            message First { int32 a = 1; }
            message Order {
              reserved 9;
              int64 id = 1;
              optional string note = 2;
              shared.Money price = 3;
              map<string, Line> lines = 4;
              oneof payment { string card = 5; bool cash = 6; }
              Status status = 7;
              google.protobuf.Timestamp at = 8;
              repeated sint32 sizes = 10 [packed = false];
              message Line { uint64 count = 1; }
              enum Status { NEW = 0; PAID = 1; }
            }
            service Orders { rpc Place (Order) returns (Order); }
            """;
    private static final String MONEY = """
            syntax = "proto3";
            package shared;
            import "shared/currency.proto";
            message Money { Currency currency = 1; int64 units = 2; }
            """;
    private static final String CURRENCY = """
            syntax = "proto2";
            package shared;
            message Currency { required string code = 1; optional int32 digits = 2 [default = 2]; }
            """;

    private static FileDescriptor file() {
        Map<String, String> references = new LinkedHashMap<>();
        references.put("shared/currency.proto", CURRENCY);
        references.put("shared/money.proto", MONEY);
        return ProtoFiles.ofText(ORDER, references);
    }

    @Test
    void makesColumnsOfATextWithImports() {
        Descriptor order = ProtoFiles.message(file(), "shop.Order").orElseThrow();

        assertThat(ProtobufColumns.of(order))
                .containsExactly(
                        Field.required("id", DataType.INT64),
                        Field.of("note", DataType.STRING),
                        Field.of(
                                "price",
                                DataType.struct(
                                        Field.of(
                                                "currency",
                                                DataType.struct(
                                                        Field.required("code", DataType.STRING),
                                                        Field.of("digits", DataType.INT32))),
                                        Field.required("units", DataType.INT64))),
                        Field.required(
                                "lines",
                                DataType.mapOf(
                                        DataType.STRING,
                                        DataType.struct(Field.required("count", DataType.decimal(20, 0))))),
                        Field.of("card", DataType.STRING),
                        Field.of("cash", DataType.BOOLEAN),
                        Field.required("status", DataType.STRING),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.required("sizes", DataType.listOf(DataType.INT32)));
    }

    @Test
    void takesDescriptorsInBase64AsRegistriesMayHaveThem() {
        String text = Base64.getEncoder()
                .encodeToString(ProtoText.parse("a.proto", CURRENCY).toByteArray());

        assertThat(ProtoFiles.ofText(text, Map.of()).getMessageTypes())
                .extracting(Descriptor::getFullName)
                .containsExactly("shared.Currency");
    }

    @Test
    void findsTheMessageThatIndexesLeadTo() {
        Descriptor line = MessageIndexes.message(file(), List.of(1, 0));
        ProtoInput in = new ProtoInput();
        byte[] written = MessageIndexes.of(line);
        in.start(written, 0, written.length);

        assertThat(line.getFullName()).isEqualTo("shop.Order.Line");
        assertThat(written).containsExactly(4, 2, 0);
        assertThat(MessageIndexes.read(in)).containsExactly(1, 0);
        assertThat(MessageIndexes.of(file().getMessageTypes().get(0))).containsExactly(0);
    }

    @Test
    void refusesIndexesOfMessagesThatAreNotThere() {
        assertThatThrownBy(() -> MessageIndexes.message(file(), List.of(1, 3)))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("names a message that its schema does not have");
    }

    @Test
    void saysWhichImportIsMissing() {
        assertThatThrownBy(() -> ProtoFiles.ofText(ORDER, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it imports 'shared/money.proto', which is not there");
    }

    @Test
    void saysWhyAMessageThatContainsItselfHasNoColumns() {
        FileDescriptor file = ProtoFiles.ofText("syntax = \"proto3\"; message Node { Node next = 1; }", Map.of());

        assertThatThrownBy(() -> ProtobufColumns.of(file.getMessageTypes().get(0)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("message 'Node' contains itself");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> ProtoFiles.ofText("message {", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProtoFiles.ofText(
                        "syntax = \"proto2\"; message A { optional group B = 1 { optional int32 c = 2; } }", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("groups are not supported");
    }

    @Test
    void makesAFileOfColumnsThatItsOwnParserReads() {
        List<Field> columns = List.of(
                Field.required("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("inner", DataType.struct(Field.of("x", DataType.FLOAT64))),
                Field.required("counts", DataType.mapOf(DataType.STRING, DataType.INT64)));

        Descriptor message = ProtoFiles.ofText(ProtoSchemas.of("shop.Row", columns), Map.of())
                .getMessageTypes()
                .get(0);

        assertThat(message.getFullName()).isEqualTo("shop.Row");
        assertThat(ProtobufColumns.of(message)).isEqualTo(columns);
    }
}
