package dev.penstock.dataflow.operator;

import java.util.List;

/** The release that wrote the state. */
final class OldRelease {
    private OldRelease() {}

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
