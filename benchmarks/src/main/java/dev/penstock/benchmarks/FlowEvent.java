package dev.penstock.benchmarks;

/** An event, with the public fields and the empty constructor that Flink's serializer for plain objects wants. */
public final class FlowEvent {
    /** What it is about. */
    public String key = "";
    /** When it happened, in microseconds since 1970. */
    public long micros;
    /** What is added up. */
    public long value;

    /** For Flink. */
    public FlowEvent() {}

    FlowEvent(String key, long micros, long value) {
        this.key = key;
        this.micros = micros;
        this.value = value;
    }

    String key() {
        return key;
    }

    long value() {
        return value;
    }
}
