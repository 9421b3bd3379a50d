package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Values of all kinds that a state may hold, the same for the same seed. */
final class RandomValues {
    record Leaf(String name, int count) {}

    record Branch(Leaf leaf, List<Object> others, Optional<Leaf> perhaps, Map<String, Leaf> named) {}

    private static final int SCALARS = 18;

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Object next(int depth) {
        int parts = depth == 0 ? 0 : random.nextInt(4);
        return switch (random.nextInt(SCALARS + (depth == 0 ? 0 : 8))) {
            case SCALARS, SCALARS + 1 -> list(parts, depth);
            case SCALARS + 2 -> new LinkedHashSet<>(list(parts, depth));
            case SCALARS + 3, SCALARS + 4 -> map(parts, depth);
            case SCALARS + 5 -> Optional.of(next(depth - 1));
            case SCALARS + 6 -> Map.entry(next(depth - 1), next(depth - 1));
            case SCALARS + 7 -> new Branch(leaf(), list(parts, depth), Optional.of(leaf()), Map.of("x", leaf()));
            default -> scalar();
        };
    }

    private Leaf leaf() {
        return new Leaf(Integer.toString(random.nextInt(), 36), random.nextInt());
    }

    private List<Object> list(int size, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(next(depth - 1));
        }
        return list;
    }

    private Map<Object, Object> map(int size, int depth) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(next(depth - 1), next(depth - 1));
        }
        return map;
    }

    private Object scalar() {
        long bits = random.nextLong();
        return switch (random.nextInt(SCALARS)) {
            case 0 -> random.nextBoolean();
            case 1 -> (byte) bits;
            case 2 -> (short) bits;
            case 3 -> (int) bits;
            case 4 -> bits;
            case 5 -> random.nextFloat();
            case 6 -> random.nextGaussian();
            case 7 -> (char) ('a' + random.nextInt(26));
            case 8 -> Long.toString(bits, 36);
            case 9 -> Bytes.copyOf(BigInteger.valueOf(bits).toByteArray());
            case 10 -> new UUID(bits, random.nextLong());
            case 11 -> new BigInteger(random.nextInt(200), random);
            case 12 -> new BigDecimal(new BigInteger(90, random), random.nextInt(30) - 15);
            default -> time(random.nextInt(7), Math.floorMod(bits, 4_000_000_000L));
        };
    }

    private Object time(int kind, long second) {
        Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return switch (kind) {
            case 0 -> instant;
            case 1 -> Duration.ofSeconds(-second, random.nextInt(1_000_000_000));
            case 2 -> LocalDate.ofEpochDay(second);
            case 3 -> LocalTime.ofNanoOfDay(second);
            case 4 -> local;
            case 5 -> OffsetDateTime.of(local, ZoneOffset.ofHours(random.nextInt(30) - 15));
            default -> ZonedDateTime.of(local, ZoneId.of("Europe/Berlin"));
        };
    }
}
