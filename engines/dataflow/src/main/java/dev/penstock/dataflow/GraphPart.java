package dev.penstock.dataflow;

import java.util.List;

/** A step, or a group of steps, as it is drawn. */
sealed interface GraphPart permits GraphStep, GraphPart.Group {
    /** What it is called inside the group it is in. */
    String name();

    /**
     * Steps that were built as one.
     *
     * @param id what the ids of all of them begin with, before a point
     */
    record Group(String id, String name, List<GraphPart> parts) implements GraphPart {}
}
