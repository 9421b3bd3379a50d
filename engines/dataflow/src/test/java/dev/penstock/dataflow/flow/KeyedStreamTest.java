package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the steps without memory of a keyed stream do; keys stay with their items. */
final class KeyedStreamTest {
    private final Flow flow = Flow.named("test").withoutCheckpoint();
    private final List<Object> out = new ArrayList<>();

    @Test
    void changesItemsUnderTheirKeys() {
        flow.read("in", ItemSource.of("apple", "bee", "avocado", "cat"))
                .keyBy("initial", word -> word.substring(0, 1))
                .filterValues("long", word -> word.length() > 3 || word.equals("bee"))
                .mapValues("length", String::length)
                .filterMapValues("not-three", length -> length == 3 ? Optional.empty() : Optional.of(length))
                .flatMapValues("twice", length -> List.of(length, -length))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 3);

        assertThat(out).containsExactly(Map.entry("a", 5), Map.entry("a", -5), Map.entry("a", 7), Map.entry("a", -7));
    }

    @Test
    void dropsKeysOrMakesEntriesOfThem() {
        KeyedStream<Integer, String> words =
                flow.read("in", ItemSource.of("to", "be")).keyBy("length", KeyType.int32(), String::length);
        words.dropKey("words").to("out", ItemSink.collecting(out));
        words.toStream("entries").map("keys", Map.Entry::getKey).to("keys-out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactly("to", 2, "be", 2);
    }

    @Test
    void mergesAndShowsEntries() {
        List<Map.Entry<String, String>> seen = new ArrayList<>();
        KeyedStream<String, String> one = flow.read("one", ItemSource.of("a")).keyBy("by", item -> item);
        KeyedStream<String, String> other =
                flow.read("other", ItemSource.of("b")).keyBy("by-2", item -> item);
        one.merge("both", other)
                .inspect("look", entry -> seen.add(entry))
                .dropKey("drop")
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactly("a", "b");
        assertThat(seen).containsExactly(Map.entry("a", "a"), Map.entry("b", "b"));
    }

    @Test
    void keysOfSeveralTypesComeBack() {
        UUID id = new UUID(1, 2);
        assertThat(KeyType.uuid().key(KeyType.uuid().value(id))).isEqualTo(id);
        assertThat(KeyType.int64().key(KeyType.int64().value(7L))).isEqualTo(7L);
        assertThat(KeyType.ofEnum(AsyncOptions.Order.class)
                        .key(KeyType.ofEnum(AsyncOptions.Order.class).value(AsyncOptions.Order.ORDERED)))
                .isEqualTo(AsyncOptions.Order.ORDERED);
        assertThat(KeyType.of(Object::toString, Double::valueOf).key("1.5")).isEqualTo(1.5);
    }

    @Test
    void partsOfKeysAreKeptApart() {
        KeyType<Place> type = KeyType.ofParts(
                place -> List.of(place.country, place.city), parts -> new Place(parts.get(0), parts.get(1)));
        Place tricky = new Place("a/b\\", "/c");

        assertThat(type.key(type.value(tricky))).isEqualTo(tricky);
        assertThat(type.value(new Place("a", "/b"))).isNotEqualTo(type.value(new Place("a/", "b")));
        assertThat(type.key(type.value(new Place("", "")))).isEqualTo(new Place("", ""));
    }

    private record Place(String country, String city) {}

    @Test
    void nullKeysAreRefusedByTheirStep() {
        Map<String, String> keys = Map.of();
        flow.read("in", ItemSource.of("a"))
                .keyBy("key", keys::get)
                .dropKey("drop")
                .to("out", ItemSink.collecting(out));

        assertThatThrownBy(() -> DirectRun.run(flow, 1)).hasMessageContaining("step 'key'");
    }
}
