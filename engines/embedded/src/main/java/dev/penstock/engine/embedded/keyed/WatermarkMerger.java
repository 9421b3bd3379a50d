package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import java.util.Arrays;

/**
 * The watermark over several channels: the least of those that are not idle; if all are idle, the greatest, for then
 * nothing is on its way that could be late. It never goes back. Not thread safe.
 */
public final class WatermarkMerger {
    private final long[] watermarks;
    private final boolean[] idle;
    private long merged = KeyContext.NO_WATERMARK;

    /** Of {@code channels} that have said nothing yet, for which it waits. */
    public WatermarkMerger(int channels) {
        this.watermarks = new long[channels];
        this.idle = new boolean[channels];
        Arrays.fill(watermarks, KeyContext.NO_WATERMARK);
    }

    /** The watermark of {@code channel} has moved; it is not idle any more. Gives whether the merged one moved. */
    public boolean watermark(int channel, long micros) {
        idle[channel] = false;
        watermarks[channel] = Math.max(watermarks[channel], micros);
        return merge();
    }

    /** {@code channel} has sent something. */
    public void active(int channel) {
        idle[channel] = false;
    }

    /** {@code channel} need not be waited for until it sends again. Gives whether the merged watermark moved. */
    public boolean idle(int channel) {
        idle[channel] = true;
        return merge();
    }

    /** Whether all channels are idle. */
    public boolean isIdle() {
        for (boolean one : idle) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /** The watermark over all channels. */
    public long merged() {
        return merged;
    }

    private boolean merge() {
        long least = Long.MAX_VALUE;
        long greatest = KeyContext.NO_WATERMARK;
        for (int channel = 0; channel < watermarks.length; channel++) {
            least = idle[channel] ? least : Math.min(least, watermarks[channel]);
            greatest = Math.max(greatest, watermarks[channel]);
        }
        long before = merged;
        merged = Math.max(merged, isIdle() ? greatest : least);
        return merged > before;
    }
}
