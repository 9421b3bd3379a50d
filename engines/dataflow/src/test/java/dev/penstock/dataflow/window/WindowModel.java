package dev.penstock.dataflow.window;

import dev.penstock.dataflow.window.WindowRun.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What windows are, by definition: from all items at once, in whole seconds, without watermarks that move. */
final class WindowModel {
    private static final int LENGTH = 10;
    private static final int OFFSET = 4;
    private static final int GAP = 3;
    private static final int COUNT = 4;
    private static final int FAR = 1_000;

    final List<String> results = new ArrayList<>();
    final List<String> late = new ArrayList<>();

    private final Kind kind;
    private final int wait;
    private int allowed = -1;

    /** The windows that are modelled. */
    enum Kind {
        TUMBLING,
        SLIDING,
        SESSION,
        COUNT;

        Windower windower() {
            return switch (this) {
                case TUMBLING -> Windows.tumbling(Duration.ofSeconds(LENGTH));
                case SLIDING -> Windows.sliding(Duration.ofSeconds(LENGTH), Duration.ofSeconds(OFFSET));
                case SESSION -> Windows.session(Duration.ofSeconds(GAP));
                case COUNT -> Windows.count(WindowModel.COUNT);
            };
        }
    }

    WindowModel(Kind kind, int wait) {
        this.kind = kind;
        this.wait = wait;
    }

    WindowModel allowing(int seconds) {
        allowed = seconds;
        return this;
    }

    WindowModel of(List<Item> items) {
        Map<String, List<Item>> onTime = new TreeMap<>();
        Map<String, Map<Integer, List<Item>>> windows = new TreeMap<>();
        double greatest = Double.NEGATIVE_INFINITY;
        for (Item item : items) {
            double watermark = greatest - wait;
            greatest = Math.max(greatest, item.seconds());
            if (kind == Kind.SESSION || kind == Kind.COUNT) {
                if (item.seconds() < watermark) {
                    late.add(item.key() + ":-1" + item.value());
                } else {
                    onTime.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item);
                }
            } else {
                align(item, watermark, windows.computeIfAbsent(item.key(), key -> new TreeMap<>()));
            }
        }
        onTime.forEach((key, values) -> windows.put(key, cut(sorted(values))));
        windows.forEach((key, byId) -> byId.forEach((id, values) -> results.add(
                key + ":" + id + sorted(values).stream().map(Item::value).toList())));
        return this;
    }

    private void align(Item item, double watermark, Map<Integer, List<Item>> windows) {
        int offset = kind == Kind.TUMBLING ? LENGTH : OFFSET;
        for (int id = -FAR; id < FAR; id++) {
            int open = id * offset;
            if (open <= item.seconds() && item.seconds() < open + LENGTH) {
                boolean isKept = allowed >= 0 && watermark <= open + LENGTH + allowed;
                if (item.seconds() >= watermark || isKept) {
                    windows.computeIfAbsent(id, unused -> new ArrayList<>()).add(item);
                } else {
                    late.add(item.key() + ":" + id + item.value());
                }
            }
        }
    }

    private Map<Integer, List<Item>> cut(List<Item> values) {
        Map<Integer, List<Item>> windows = new TreeMap<>();
        List<Item> window = new ArrayList<>();
        for (Item item : values) {
            boolean isFull = kind == Kind.COUNT
                    ? window.size() == COUNT
                    : !window.isEmpty()
                            && item.seconds() - window.get(window.size() - 1).seconds() > GAP;
            if (isFull || window.isEmpty()) {
                window = new ArrayList<>();
                windows.put(windows.size(), window);
            }
            window.add(item);
        }
        return windows;
    }

    private static List<Item> sorted(List<Item> items) {
        return items.stream().sorted(Comparator.comparingDouble(Item::seconds)).toList();
    }
}
