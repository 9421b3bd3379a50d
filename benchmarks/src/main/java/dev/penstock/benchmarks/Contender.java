package dev.penstock.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to do the work of a benchmark, as a process.
 *
 * @param name as the table shows it; {@code ours} and {@code ceiling} are compared with, all others are peers; names
 *     that end in {@code -2} have two workers and are compared with {@code ours-2}
 * @param command what is started; a line of output {@code measured units=N seconds=S cpu=C} replaces the wall time of
 *     the whole process, for contenders with a start-up that is not part of the work
 * @param units how much work it does, if the command does not say
 */
record Contender(String name, List<String> command, double units) {
    static final String OURS = "ours";
    static final String CEILING = "ceiling";
    /** What follows the name of a contender with two workers. */
    static final String TWO = "-2";

    Contender {
        command = List.copyOf(command);
    }

    /** How many workers it has. */
    int workers() {
        return name.endsWith(TWO) ? 2 : 1;
    }

    /**
     * A main class of this module in a JVM of its own. The class path comes from a file: ONNX Runtime 1.29.0 matches
     * the whole command line with a recursive expression when it starts, and a long one overflows the stack of the main
     * thread.
     */
    static Contender java(String name, Class<?> main, long units, List<String> jvmOptions, Object... arguments) {
        return java(name, main, (double) units, jvmOptions, arguments);
    }

    /** As {@link #java(String, Class, long, List, Object...)}, for work that is no whole number. */
    static Contender java(String name, Class<?> main, double units, List<String> jvmOptions, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("@" + System.getProperty("class-path.arguments"), main.getName()));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        return new Contender(name, command, units);
    }
}
