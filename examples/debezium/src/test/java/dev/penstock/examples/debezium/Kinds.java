package dev.penstock.examples.debezium;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of all types, as its first row should come out. */
final class Kinds {
    /** The columns, for events that do not say what they are. */
    static final String COLUMNS = """
            columns:
              id: int64
              b: boolean
              i2: int16
              i4: int32
              f4: float32
              f8: float64
              n: decimal(10,2)
              big: decimal(30,5)
              free: string
              t: string
              v: string
              c: string
              by: bytes
              d: date
              tm: time
              tz: string
              ts: local-timestamp
              tsz: timestamp
              iv: int64
              u: uuid
              j: json
              jb: json
              ai: list<int32>
              at: list<string>
              an: list<decimal(8,3)>
              e: string
              x: string
              inet: string
              bits: bytes
              rng: string
              pt: json
              hs: map<string,string>
            """;

    private static final String POINT = "{\"x\":1.0,\"y\":2.0,\"wkb\":\"AQEAAAAAAAAAAADwPwAAAAAAAABA\",\"srid\":null}";

    private Kinds() {}

    /** What comes out of events with schemas, whose columns are found in these. */
    static Map<String, Object> typed() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", 1L);
        values.put("b", true);
        values.put("i2", -7);
        values.put("i4", 42);
        values.put("f4", 1.5f);
        values.put("f8", 2.25);
        values.put("n", new BigDecimal("12.34"));
        values.put("big", new BigDecimal("123456789012345678901234.56789"));
        values.put("free", "3.14159");
        values.put("t", "hällo \"x\"");
        values.put("v", "v");
        values.put("c", "ab  ");
        values.put("by", bytes("deadbeef"));
        values.put("d", LocalDate.of(2026, 1, 31));
        values.put("tm", LocalTime.parse("23:59:58.123456"));
        values.put("tm3", LocalTime.parse("01:02:03.456"));
        values.put("tz", "08:11:12Z");
        values.put("ts", LocalDateTime.parse("2026-01-31T23:59:58.123456"));
        values.put("ts3", LocalDateTime.parse("2026-01-31T23:59:58.123"));
        values.put("tsz", Instant.parse("2026-01-31T21:59:58.123456Z"));
        values.put("iv", 37_091_106_789_000L);
        values.put("u", UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        values.put("j", "{\"a\": [1, 2]}");
        values.put("jb", "{\"b\": null}");
        values.put("ai", Arrays.asList(1, null, 3));
        values.put("at", Arrays.asList("a", "b c", null));
        values.put("an", List.of(new BigDecimal("1.500"), new BigDecimal("2.250")));
        values.put("e", "happy");
        values.put("x", "<a/>");
        values.put("inet", "10.0.0.1");
        values.put("bits", bytes("81"));
        values.put("rng", "[1,5)");
        values.put("pt", Arrays.asList(1.0, 2.0, bytes("0101000000000000000000f03f0000000000000040"), null));
        values.put("hs", "{\"a\":\"1\",\"b\":null}");
        return values;
    }

    /** What comes out of events without schemas, with {@link #COLUMNS}. */
    static Map<String, Object> plain() {
        Map<String, Object> values = typed();
        values.remove("tm3");
        values.remove("ts3");
        values.put("pt", POINT);
        values.put("hs", map());
        return values;
    }

    /** What comes out if numbers, times and bytes are text. */
    static Map<String, Object> texts() {
        Map<String, Object> values = typed();
        values.put("n", "12.34");
        values.put("big", "123456789012345678901234.56789");
        values.put("by", "deadbeef");
        values.put("an", List.of("1.500", "2.250"));
        values.put("iv", "P1Y2M3DT4H5M6.789S");
        values.put("hs", map());
        return values;
    }

    private static Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", "1");
        map.put("b", null);
        return map;
    }

    private static Bytes bytes(String hex) {
        return Bytes.copyOf(HexFormat.of().parseHex(hex));
    }

    /** The values of {@code row} by the names of their columns; those of structs as lists. */
    static Map<String, Object> of(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : row.schema().names()) {
            Object value = row.get(name);
            values.put(name, value instanceof Row struct ? struct.values() : value);
        }
        return values;
    }
}
