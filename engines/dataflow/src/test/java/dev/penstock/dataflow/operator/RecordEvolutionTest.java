package dev.penstock.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The records of one release are written, those of the next one read. */
final class RecordEvolutionTest {
    /** The release that wrote the state. */
    static final class Old {
        enum Level {
            LOW,
            HIGH
        }

        sealed interface Shape permits Circle, Square {}

        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}

        record Gone(Level level, List<Gone> others) {}

        record Totals(String name, int count, Gone gone, float share, Shape shape, Level level) {}

        record One<T>(T value) {}
    }

    /** The release that reads it. */
    static final class New {
        enum Level {
            HIGH
        }

        sealed interface Shape permits Round, Square {}

        sealed interface Round extends Shape permits Circle {}

        record Circle(long radius, Optional<String> colour) implements Round {}

        record Square(int side) implements Shape {}

        record Totals(
                Shape shape,
                long count,
                double share,
                Optional<String> name,
                Level level,
                int added,
                boolean flag,
                @Nullable String text,
                Optional<Long> perhaps,
                List<String> list,
                Set<String> set,
                Map<String, String> map) {}

        record One<T>(T value) {}

        record Strict(String value, String required) {
            Strict {
                Objects.requireNonNull(required, "required");
            }
        }

        record Numbers(long a, BigInteger b, BigDecimal c, double d, short e) {}
    }

    record Ints(int a, int b, int c, int d, byte e) {}

    record Texts(String value) {}

    record Longs(Long value) {}

    record IntValue(int value) {}

    record Levels(New.Level value) {}

    record OldLevels(Old.Level value) {}

    @Test
    void findsAddsAndLeavesOutComponents() {
        Old.Gone gone = new Old.Gone(Old.Level.LOW, List.of(new Old.Gone(Old.Level.LOW, List.of())));
        Old.Totals old = new Old.Totals("a", 7, gone, 0.5f, new Old.Circle(3), Old.Level.HIGH);

        New.Totals read = StateBytes.read(
                StateCodec.ofRecord(New.Totals.class), StateBytes.of(StateCodec.ofRecord(Old.Totals.class), old));

        New.Circle circle = new New.Circle(3, Optional.empty());
        assertThat(read)
                .isEqualTo(new New.Totals(
                        circle,
                        7,
                        0.5,
                        Optional.of("a"),
                        New.Level.HIGH,
                        0,
                        false,
                        null,
                        Optional.empty(),
                        new ArrayList<>(),
                        Set.of(),
                        Map.of()));
    }

    @Test
    void findsRecordsOfASealedTypeThatMoved() {
        byte[] old = StateBytes.of(StateCodec.ofRecord(Old.Shape.class), new Old.Square(4));
        assertThat(StateBytes.read(StateCodec.ofRecord(New.Shape.class), old)).isEqualTo(new New.Square(4));
    }

    @Test
    void widensNumbersWhereNothingIsLost() {
        byte[] old = StateBytes.of(StateCodec.ofRecord(Ints.class), new Ints(1, -2, 3, 4, (byte) -5));
        assertThat(StateBytes.read(StateCodec.ofRecord(New.Numbers.class), old))
                .isEqualTo(new New.Numbers(1, BigInteger.valueOf(-2), BigDecimal.valueOf(3), 4, (short) -5));
    }

    @Test
    void namesRecordAndComponentWhoseTypeChanged() {
        assertThatThrownBy(() -> reread(new Texts("x"), IntValue.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IncompatibleStateException.class)
                .hasMessage(
                        "Cannot read component 'value' of record 'IntValue': the state holds a value of type String,"
                                + " which is not a 'int'; keep the type, or give the component another name");
        assertThatThrownBy(() -> reread(new Longs(1L), IntValue.class)).hasMessageContaining("of type Long");
        assertThatThrownBy(() -> reread(new Longs(null), IntValue.class)).hasMessageContaining("holds null");
        assertThatThrownBy(() -> reread(new Old.One<>(new Texts("x")), Texts.class))
                .hasMessageContaining("component 'value' of record 'Texts'");
    }

    @Test
    void namesTheConstantThatIsGone() {
        assertThatThrownBy(() -> reread(new OldLevels(Old.Level.LOW), Levels.class))
                .hasMessage("Cannot read component 'value' of record 'Levels': the state holds the constant LOW, which"
                        + " is not a 'Level'; keep the type, or give the component another name");
    }

    @Test
    void saysWhenAConstructorRefusesADefault() {
        assertThatThrownBy(() -> reread(new Texts("x"), New.Strict.class))
                .hasMessage(
                        "Cannot read a state: record 'Strict' refuses its components: java.lang.NullPointerException:"
                                + " required; let its constructor take 0, false, null and empty for those that were added");
    }

    @Test
    void takesValuesOutOfAnOptionalThatIsNoneAnyMore() {
        record Perhaps(Optional<String> value) {}
        assertThat(reread(new Perhaps(Optional.of("x")), Texts.class)).isEqualTo(new Texts("x"));
        assertThat(reread(new Perhaps(Optional.empty()), Texts.class)).isEqualTo(new Texts(null));
        assertThat(reread(new Texts(null), Perhaps.class)).isEqualTo(new Perhaps(Optional.empty()));
    }

    @Test
    void readsTheBytesOfTheFirstRelease() {
        byte[] first = {65, 0, 0, 2, 1, 'x', 1, 'y', 4, 0, 0, 0, 1, 4, 0, 0, 0, 2};
        assertThat(StateBytes.read(StateCodec.ofRecord(StateCodecTest.Point.class), first))
                .isEqualTo(new StateCodecTest.Point(1, 2));
    }

    @SuppressWarnings("unchecked")
    private static <A extends Record, B extends Record> B reread(A written, Class<B> type) {
        StateCodec<A> codec = StateCodec.ofRecord((Class<A>) written.getClass());
        return StateBytes.read(StateCodec.ofRecord(type), StateBytes.of(codec, written));
    }
}
