package dev.penstock.dataflow.window;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which window it is, and when: one object for the windows of all keys that have the same times, as aligned windows do,
 * so that a window of one of a million keys is little more than its accumulator. In microseconds since 1970.
 */
final class WindowTimes {
    static final long[] NONE_MERGED = {};

    final long id;
    private final boolean shared;
    private long openTime;
    private long closeTime;
    private long closesAt;
    private long[] mergedIds = NONE_MERGED;

    /** The same for people, once somebody has asked. */
    private @Nullable WindowMetadata metadata;

    private WindowTimes(long id, boolean shared) {
        this.id = id;
        this.shared = shared;
    }

    /** Times that windows of many keys may have, and that never change. */
    static WindowTimes shared(long id, long openTime, long closeTime, long closesAt) {
        return new WindowTimes(id, true).at(openTime, closeTime, closesAt);
    }

    /** Times of one window, which may change. */
    static WindowTimes own(long id, long openTime, long closeTime, long closesAt) {
        return new WindowTimes(id, false).at(openTime, closeTime, closesAt);
    }

    private WindowTimes at(long open, long close, long closes) {
        openTime = open;
        closeTime = close;
        closesAt = closes;
        metadata = null;
        return this;
    }

    /** The same window with other times: this one, if it belongs to one window. */
    WindowTimes changed(long open, long close, long closes) {
        return (shared ? own(id, openTime, closeTime, closesAt) : this).at(open, close, closes);
    }

    /** The same window, of which those of {@code ids} are part now: this one, if it belongs to one window. */
    WindowTimes merged(long[] ids) {
        if (ids.length == 0) {
            return this;
        }
        WindowTimes merged = shared ? own(id, openTime, closeTime, closesAt) : this;
        merged.mergedIds = ids;
        merged.metadata = null;
        return merged;
    }

    long openTime() {
        return openTime;
    }

    long closeTime() {
        return closeTime;
    }

    /** The watermark that closes it: {@link Long#MAX_VALUE} if only the end does. */
    long closesAt() {
        return closesAt;
    }

    long[] mergedIds() {
        return mergedIds;
    }

    boolean isSharedAt(long ofId, long open, long close, long closes) {
        return shared && id == ofId && openTime == open && closeTime == close && closesAt == closes;
    }

    WindowMetadata metadata() {
        WindowMetadata known = metadata;
        if (known == null) {
            List<Long> merged = mergedIds.length == 0
                    ? List.of()
                    : Arrays.stream(mergedIds).boxed().toList();
            known = new WindowMetadata(id, Micros.instant(openTime), Micros.instant(closeTime), merged);
            metadata = known;
        }
        return known;
    }
}
