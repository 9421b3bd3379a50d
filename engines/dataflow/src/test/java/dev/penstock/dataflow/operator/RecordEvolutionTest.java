package dev.penstock.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The records of one release are written, those of the next one read. */
final class RecordEvolutionTest {
    record Ints(int a, int b, int c, int d, byte e) {}

    record Texts(@Nullable String value) {}

    record Longs(@Nullable Long value) {}

    record IntValue(int value) {}

    record Levels(NewRelease.Level value) {}

    record OldLevels(OldRelease.Level value) {}

    @Test
    void findsAddsAndLeavesOutComponents() {
        OldRelease.Gone gone = new OldRelease.Gone(
                OldRelease.Level.LOW, List.of(new OldRelease.Gone(OldRelease.Level.LOW, List.of())));
        OldRelease.Totals old =
                new OldRelease.Totals("a", 7, gone, 0.5f, new OldRelease.Circle(3), OldRelease.Level.HIGH);

        NewRelease.Totals read = StateBytes.read(
                StateCodec.ofRecord(NewRelease.Totals.class),
                StateBytes.of(StateCodec.ofRecord(OldRelease.Totals.class), old));

        NewRelease.Circle circle = new NewRelease.Circle(3, Optional.empty());
        assertThat(read)
                .isEqualTo(new NewRelease.Totals(
                        circle,
                        7,
                        0.5,
                        Optional.of("a"),
                        NewRelease.Level.HIGH,
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
        byte[] old = StateBytes.of(StateCodec.ofRecord(OldRelease.Shape.class), new OldRelease.Square(4));
        assertThat(StateBytes.read(StateCodec.ofRecord(NewRelease.Shape.class), old))
                .isEqualTo(new NewRelease.Square(4));
    }

    @Test
    void widensNumbersWhereNothingIsLost() {
        byte[] old = StateBytes.of(StateCodec.ofRecord(Ints.class), new Ints(1, -2, 3, 4, (byte) -5));
        assertThat(StateBytes.read(StateCodec.ofRecord(NewRelease.Numbers.class), old))
                .isEqualTo(new NewRelease.Numbers(1, BigInteger.valueOf(-2), BigDecimal.valueOf(3), 4, (short) -5));
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
        assertThatThrownBy(() -> reread(new OldRelease.One<>(new Texts("x")), Texts.class))
                .hasMessageContaining("component 'value' of record 'Texts'");
    }

    @Test
    void namesTheConstantThatIsGone() {
        assertThatThrownBy(() -> reread(new OldLevels(OldRelease.Level.LOW), Levels.class))
                .hasMessage("Cannot read component 'value' of record 'Levels': the state holds the constant LOW, which"
                        + " is not a 'Level'; keep the type, or give the component another name");
    }

    @Test
    void saysWhenAConstructorRefusesADefault() {
        assertThatThrownBy(() -> reread(new Texts("x"), NewRelease.Strict.class))
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
