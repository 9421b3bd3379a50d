package dev.penstock.dataflow.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateCodecTest {
    enum Light {
        GREEN,
        RED {
            @Override
            boolean stops() {
                return true;
            }
        };

        boolean stops() {
            return false;
        }
    }

    record Point(int x, int y) {}

    record Station(String name, Point at, List<Point> seen, Light light, Object note) {}

    @Test
    void keepsSingleValues() {
        assertThat(StateBytes.copy(StateCodec.ofBoolean(), true)).isTrue();
        assertThat(StateBytes.copy(StateCodec.ofInt(), Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(StateBytes.copy(StateCodec.ofLong(), Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(StateBytes.copy(StateCodec.ofDouble(), Double.NaN)).isNaN();
        assertThat(StateBytes.copy(StateCodec.ofString(), "Grüße 🙂")).isEqualTo("Grüße 🙂");
        assertThat(StateBytes.copy(StateCodec.ofBytes(), new byte[] {1, -1})).containsExactly(1, -1);
        assertThat(StateBytes.copy(StateCodec.ofInstant(), Instant.MIN)).isEqualTo(Instant.MIN);
        assertThat(StateBytes.copy(StateCodec.ofDuration(), Duration.ofNanos(-1)))
                .isEqualTo(Duration.ofNanos(-1));
    }

    @Test
    void keepsCollectionsOfDeclaredParts() {
        StateCodec<Map<String, List<Long>>> lists =
                StateCodec.ofMap(StateCodec.ofString(), StateCodec.ofList(StateCodec.ofLong()));
        assertThat(StateBytes.copy(lists, Map.of("a", List.of(1L, 2L), "b", List.of())))
                .isEqualTo(Map.of("a", List.of(1L, 2L), "b", List.of()));
        StateCodec<Set<Integer>> set = StateCodec.ofSet(StateCodec.ofInt());
        assertThat(StateBytes.copy(set, new LinkedHashSet<>(List.of(3, 1, 2)))).containsExactly(3, 1, 2);
        StateCodec<Map.Entry<Optional<String>, Optional<String>>> pair = StateCodec.ofPair(
                StateCodec.ofOptional(StateCodec.ofString()), StateCodec.ofOptional(StateCodec.ofString()));
        assertThat(StateBytes.copy(pair, Map.entry(Optional.of("x"), Optional.empty())))
                .isEqualTo(Map.entry(Optional.of("x"), Optional.empty()));
    }

    @Test
    void readsPartsInTheVersionTheyWereWrittenIn() {
        byte[] old = StateBytes.of(StateCodec.ofList(new Raised(1)), List.of("a", "b"));
        assertThat(StateBytes.read(StateCodec.ofList(new Raised(2)), old))
                .containsExactly("a read as 1", "b read as 1");
        byte[] newer = StateBytes.of(StateCodec.ofList(new Raised(2)), List.of("a"));
        assertThatThrownBy(() -> StateBytes.read(StateCodec.ofList(new Raised(1)), newer))
                .hasMessageContaining("a part of it has version 2 and its codec reads up to 1");
    }

    @Test
    void saysWhichStatesNeverChange() {
        assertThat(StateCodec.ofLong().immutableStates()).isTrue();
        assertThat(StateCodec.ofBytes().immutableStates()).isFalse();
        assertThat(StateCodec.ofRecord(Point.class).immutableStates()).isTrue();
        assertThat(StateCodec.ofRecord(Station.class).immutableStates()).isFalse();
        assertThat(StateCodec.ofRecord(Station.class).withoutChanges().immutableStates())
                .isTrue();
        assertThat(StateCodec.ofValues().immutableStates()).isFalse();
    }

    @Test
    void keepsValuesThatSayWhatTheyAre() {
        Station station = new Station(
                "a", new Point(1, 2), List.of(new Point(1, 2), new Point(3, 4)), Light.RED, Optional.of(Light.GREEN));
        assertThat(StateBytes.copy(StateCodec.<Object>ofValues(), station)).isEqualTo(station);
        assertThat(StateBytes.copy(StateCodec.ofRecord(Station.class), station)).isEqualTo(station);
        Object all = Arrays.asList(
                null, 1, 2L, 3d, 4f, (short) 5, (byte) 6, 'c', "s", Bytes.copyOf(new byte[] {1}), LocalDate.EPOCH);
        assertThat(StateBytes.copy(StateCodec.ofValues(), all)).isEqualTo(all);
    }

    @Test
    void namesAClassOnceInAState() {
        List<Point> one = List.of(new Point(0, 0));
        int each = StateBytes.of(StateCodec.ofValues(), List.of(new Point(0, 0), new Point(0, 0))).length
                - StateBytes.of(StateCodec.ofValues(), one).length;
        assertThat(each).isEqualTo(2 + 2 * (1 + Integer.BYTES));
        assertThat(StateBytes.of(StateCodec.ofRecord(Point.class), one.get(0)))
                .asString()
                .doesNotContain("Point");
    }

    @Test
    @SuppressWarnings("JdkObsolete") // programs have them
    void givesCollectionsBackAsTheyWere() {
        assertThat(copy(List.of(1))).isInstanceOf(ArrayList.class);
        assertThat(copy(new LinkedList<>(List.of(1)))).isInstanceOf(LinkedList.class);
        assertThat(copy(new ArrayDeque<>(List.of(1)))).isInstanceOf(ArrayDeque.class);
        assertThat(copy(new HashSet<>(List.of(1)))).isExactlyInstanceOf(HashSet.class);
        assertThat(copy(Set.of(1))).isInstanceOf(LinkedHashSet.class);
        assertThat(copy(new TreeSet<>(List.of(2, 1)))).isInstanceOf(TreeSet.class);
        assertThat(copy(EnumSet.allOf(Light.class))).isEqualTo(EnumSet.allOf(Light.class));
        assertThat(copy(Map.of(1, 2))).isInstanceOf(LinkedHashMap.class);
        assertThat(copy(new HashMap<>(Map.of(1, 2)))).isExactlyInstanceOf(HashMap.class);
        assertThat(copy(new TreeMap<>(Map.of(1, 2)))).isInstanceOf(TreeMap.class);
        assertThat(copy(new EnumMap<>(Map.of(Light.RED, 2)))).isEqualTo(Map.of(Light.RED, 2));
    }

    @Test
    void keepsRowsWithTheirColumns() {
        Schema inner = Schema.of(Field.required("n", DataType.INT64));
        Schema schema = new Schema(
                List.of(
                        Field.required("id", DataType.INT64).with("made-by", "test"),
                        Field.of("part", new DataType.Struct(inner.fields())),
                        Field.of("parts", DataType.listOf(DataType.STRING)),
                        Field.of("map", DataType.mapOf(DataType.STRING, DataType.decimal(9, 2)))),
                List.of("id"));
        Row row = Row.of(schema, 1L, Row.of(inner, 2L), List.of("a"), Map.of()).with(Operation.UPDATE);
        assertThat(copy(List.of(row, row))).isEqualTo(List.of(row, row));
    }

    @Test
    void refusesWhatWouldNotComeBack() {
        assertThatThrownBy(() -> copy(new Thread()))
                .hasMessageStartingWith(
                        "Cannot write a state: a java.lang.Thread cannot be kept: it is none of the kinds");
        assertThatThrownBy(() -> copy(new PriorityQueue<>())).hasMessageContaining("java.util.PriorityQueue");
        assertThatThrownBy(() -> copy(new TreeMap<>(Collections.reverseOrder())))
                .hasMessageContaining("an order of its own");
        record Held(EnumMap<Light, Integer> counts) {}
        assertThatThrownBy(() -> StateBytes.of(StateCodec.ofRecord(Held.class), new Held(new EnumMap<>(Light.class))))
                .hasMessageStartingWith(
                        "Cannot write component 'counts' of record 'Held': a java.util.EnumMap cannot be"
                                + " kept: it comes back as TreeMap, which is not the declared EnumMap;");
        assertThatThrownBy(() -> StateCodec.ofRecord(String.class))
                .hasMessageStartingWith("Cannot keep 'java.lang.String' as a record: it is none;");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keepsValuesThatNobodyThoughtOf(long seed) {
        RandomValues random = new RandomValues(seed);
        for (int i = 0; i < 500; i++) {
            Object value = random.next(4);
            assertThat(copy(value)).isEqualTo(value);
        }
    }

    private static Object copy(Object value) {
        return StateBytes.copy(StateCodec.ofValues(), value);
    }
}
