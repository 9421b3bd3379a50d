package dev.penstock.spi.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a setting is written and what it becomes.
 *
 * @param <T> what {@link Config#get} gives
 */
public final class ConfigType<T> {
    /** Any text. */
    public static final ConfigType<String> STRING = new ConfigType<>("string", "string", ConfigType::text);

    /**
     * The name of a column that the connector uses; a sink that takes encoded records gets it beside the record (see
     * {@link dev.penstock.spi.Payload}).
     */
    public static final ConfigType<String> COLUMN = new ConfigType<>("column", "string", ConfigType::text);

    /** A 32-bit number. */
    public static final ConfigType<Integer> INTEGER = new ConfigType<>("integer", "integer", ConfigType::smallNumber);

    /** A 64-bit number. */
    public static final ConfigType<Long> LONG = new ConfigType<>("integer", "integer", ConfigType::wholeNumber);

    /** A number with a fraction. */
    public static final ConfigType<Double> NUMBER = new ConfigType<>("number", "number", ConfigType::number);

    /** {@code true} or {@code false}. */
    public static final ConfigType<Boolean> BOOLEAN = new ConfigType<>("boolean", "boolean", ConfigType::truth);

    /** A length of time: a number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, or ISO-8601. */
    public static final ConfigType<Duration> DURATION = new ConfigType<>("duration", "string", Units::duration);

    /**
     * A number of bytes: a number, or one with {@code KB}, {@code MB}, {@code GB}, {@code KiB}, {@code MiB},
     * {@code GiB}.
     */
    public static final ConfigType<Long> SIZE = new ConfigType<>("size", "string", Units::size);

    /** A path of the local file system. */
    public static final ConfigType<Path> PATH = new ConfigType<>("path", "string", ConfigType::path);

    /** A URI or, without a scheme, a path. */
    public static final ConfigType<URI> URI_TYPE = new ConfigType<>("uri", "string", raw -> URI.create(text(raw)));

    /** See {@link Secret}. */
    public static final ConfigType<Secret> SECRET = new ConfigType<>("secret", "string", raw -> Secret.of(text(raw)));

    /** A list of texts; a single text is a list of one. */
    public static final ConfigType<List<String>> STRINGS = new ConfigType<>("list", "array", ConfigType::texts);

    /** The names of columns that the connector uses, as {@link #COLUMN}; a single one is a list of one. */
    public static final ConfigType<List<String>> COLUMNS = new ConfigType<>("columns", "array", ConfigType::texts);

    /** Names to texts. */
    public static final ConfigType<Map<String, String>> STRING_MAP = new ConfigType<>("map", "object", ConfigType::map);

    /** Anything: texts, numbers, lists and maps as the pipeline file has them; the connector checks it itself. */
    public static final ConfigType<Object> ANY = new ConfigType<>("any", "any", raw -> raw);

    private final String name;
    private final String jsonType;
    private final Function<Object, T> parser;
    private final List<String> allowed;

    private ConfigType(String name, String jsonType, Function<Object, T> parser) {
        this(name, jsonType, parser, List.of());
    }

    private ConfigType(String name, String jsonType, Function<Object, T> parser, List<String> allowed) {
        this.name = name;
        this.jsonType = jsonType;
        this.parser = parser;
        this.allowed = allowed;
    }

    /** One of the constants of {@code type}, written in kebab-case. */
    public static <E extends Enum<E>> ConfigType<E> oneOf(Class<E> type) {
        Map<String, E> constants = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(kebab(constant), constant);
        }
        List<String> names = List.copyOf(constants.keySet());
        return new ConfigType<>("choice", "string", raw -> choose(constants, names, text(raw)), names);
    }

    /** How a constant is written in a pipeline file: {@code GZIP_FAST} is {@code gzip-fast}. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E> E choose(Map<String, E> constants, List<String> names, String written) {
        E constant = constants.get(written);
        if (constant == null) {
            throw new IllegalArgumentException(
                    "'" + written + "' is not a choice; " + NearestName.hint(written, names));
        }
        return constant;
    }

    /** The name of the type for people. */
    public String name() {
        return name;
    }

    /** The type in JSON Schema: string, integer, number, boolean, array, object or any. */
    public String jsonType() {
        return jsonType;
    }

    /** All that may be written, if it is a choice; else empty. */
    public List<String> allowed() {
        return allowed;
    }

    /**
     * The value of what was written.
     *
     * @throws IllegalArgumentException saying what was expected
     * @throws ArithmeticException if a number is too large
     */
    public T parse(Object raw) {
        return parser.apply(raw);
    }

    /** The values of {@code written}, each once; what cannot be one becomes a problem of {@code setting}. */
    public List<T> parseEach(List<String> written, String setting, List<Problem> problems) {
        Set<T> values = new LinkedHashSet<>();
        for (String each : written) {
            try {
                values.add(parse(each));
            } catch (IllegalArgumentException e) {
                problems.add(Problem.error(setting, Problem.Code.NOT_ALLOWED, String.valueOf(e.getMessage()), ""));
            }
        }
        return List.copyOf(values);
    }

    private static String text(@Nullable Object raw) {
        if (raw == null) {
            throw new IllegalArgumentException("expected a value, found nothing");
        }
        if (raw instanceof Map || raw instanceof List) {
            throw new IllegalArgumentException("expected one value, found " + kind(raw));
        }
        return raw.toString();
    }

    private static String kind(Object raw) {
        return raw instanceof Map ? "a mapping" : raw instanceof List ? "a list" : "'" + raw + "'";
    }

    private static long wholeNumber(Object raw) {
        try {
            return Long.parseLong(text(raw).replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number, found " + kind(raw), e);
        }
    }

    private static int smallNumber(Object raw) {
        long number = wholeNumber(raw);
        if (number != (int) number) {
            throw new IllegalArgumentException("expected a whole number below 2^31, found '" + raw + "'");
        }
        return (int) number;
    }

    private static double number(Object raw) {
        try {
            double number = Double.parseDouble(text(raw));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found " + kind(raw), e);
        }
        throw new IllegalArgumentException("expected a number, found " + kind(raw));
    }

    private static boolean truth(Object raw) {
        return switch (text(raw)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false, found " + kind(raw));
        };
    }

    private static Path path(Object raw) {
        try {
            return Path.of(text(raw));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path, found '" + raw + "': " + e.getReason(), e);
        }
    }

    private static List<String> texts(Object raw) {
        if (raw instanceof List<?> list) {
            return list.stream().map(ConfigType::text).toList();
        }
        return Arrays.asList(text(raw));
    }

    private static Map<String, String> map(Object raw) {
        if (!(raw instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("expected a mapping of names to values, found " + kind(raw));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(key.toString(), text(value)));
        return texts;
    }
}
