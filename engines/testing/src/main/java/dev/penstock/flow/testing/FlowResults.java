package dev.penstock.flow.testing;

import dev.penstock.flow.testing.TestBed.Collected;
import java.util.List;

/** What a flow has given. */
public final class FlowResults {
    private final TestBed bed;

    FlowResults(TestBed bed) {
        this.bed = bed;
    }

    /** The items in the sink {@code name}, in the order in which one worker gave them. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // who asks knows what the sink takes
    public <T> List<T> of(String name) {
        Collected<?> collected = bed.sinks().get(name);
        if (collected == null) {
            throw new IllegalArgumentException("Cannot find sink '" + name + "': there are "
                    + bed.sinks().keySet() + "; ask for one that the flow took from its bed");
        }
        return (List<T>) collected.sink().items();
    }
}
