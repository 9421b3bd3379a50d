package dev.penstock.connector.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A type of PostgreSQL with values that are hard to get right.
 *
 * @param type as SQL has it
 * @param dataType what it is in a batch
 * @param binary whether its binary form is understood
 * @param since the first release that has it
 * @param literals in SQL
 */
record TypeSamples(String type, String dataType, boolean binary, int since, List<String> literals) {
    /** Makes the types that tests need; each statement may be run again. */
    static final String[] PREPARATION = {
        "CREATE EXTENSION IF NOT EXISTS hstore",
        "CREATE EXTENSION IF NOT EXISTS citext",
        "CREATE EXTENSION IF NOT EXISTS ltree",
        """
        DO $$ BEGIN
          CREATE TYPE mood AS ENUM ('sad', 'so "so"', 'glücklich');
          CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
          CREATE DOMAIN price AS numeric(8,2);
          CREATE TYPE place AS (name text, x float8, tags text[], at timestamptz);
          CREATE TYPE journey AS (start place, days int);
        EXCEPTION WHEN duplicate_object THEN NULL; END $$"""
    };

    private static TypeSamples of(String type, String dataType, String... literals) {
        return new TypeSamples(type, dataType, true, 14, List.of(literals));
    }

    private static TypeSamples text(String type, String dataType, String... literals) {
        return new TypeSamples(type, dataType, false, 14, List.of(literals));
    }

    private TypeSamples from(int release) {
        return new TypeSamples(type, dataType, binary, release, literals);
    }

    static List<TypeSamples> all() {
        List<TypeSamples> all = new ArrayList<>();
        all.addAll(numbers());
        all.addAll(texts());
        all.addAll(times());
        all.addAll(composed());
        all.addAll(others());
        return all;
    }

    private static List<TypeSamples> numbers() {
        return List.of(
                of("boolean", "boolean", "true", "false"),
                of("smallint", "int16", "-32768", "0", "32767"),
                of("integer", "int32", "-2147483648", "0", "2147483647"),
                of("bigint", "int64", "-9223372036854775808", "0", "9223372036854775807"),
                of("real", "float32", "'NaN'", "'Infinity'", "'-Infinity'", "0.1", "-0.0", "1e-45", "3.4028235e38"),
                of(
                        "double precision",
                        "float64",
                        "'NaN'",
                        "'Infinity'",
                        "'-Infinity'",
                        "0.1",
                        "'-0'",
                        "5e-324",
                        "1.7976931348623157e308"),
                of("numeric(10,2)", "decimal(10,2)", "0", "-0.01", "99999999.99", "-99999999.99", "1", "10000.5"),
                of("numeric(18,9)", "decimal(18,9)", "999999999.999999999", "-0.000000001", "123456789"),
                of("numeric(18,18)", "decimal(18,18)", "0.999999999999999999", "-0.000000000000000001", "0.1"),
                of("numeric(18,0)", "decimal(18,0)", "999999999999999999", "-1", "10000"),
                of("numeric(30,5)", "decimal(30,5)", "123456789012345678901234.56789", "-0.00001", "0", "10000"),
                of(
                        "numeric(1000,500)",
                        "decimal(1000,500)",
                        "repeat('9', 500)::numeric + ('0.' || repeat('9', 500))::numeric",
                        "('-0.' || repeat('0', 499) || '1')::numeric"),
                of(
                        "numeric",
                        "string",
                        "'NaN'",
                        "0",
                        "0.00",
                        "-1.50",
                        "100000000",
                        "0.00001234",
                        "12345.678901",
                        "repeat('9', 1000)::numeric",
                        "1e-200",
                        "1e300"),
                of("numeric", "string", "'Infinity'", "'-Infinity'"),
                of("numeric(3,-2)", "string", "12345", "-99900").from(15),
                of("numeric(2,5)", "string", "0.00012").from(15),
                of("oid", "int64", "0", "4294967295"));
    }

    private static List<TypeSamples> texts() {
        return List.of(
                of(
                        "text",
                        "string",
                        "''",
                        "' '",
                        "'hällo 𝄞 \"x\" \\ {}, ()'",
                        "E'a\\tb\\n'",
                        "repeat('x', 100000)",
                        "'NULL'"),
                of("varchar(5)", "string", "'abcde'", "''"),
                of("char(4)", "string", "'ab'", "'abcd'"),
                of("name", "string", "'some_name'"),
                of("\"char\"", "string", "'a'"),
                of("citext", "string", "'MiXed'"),
                of("xml", "string", "'<a b=\"c\">&amp;</a>'", "'text'"),
                of("json", "json", "'{\"a\": [1, 2.50, null],  \"a\": \"\\u00e9\"}'", "'null'"),
                of("jsonb", "json", "'{\"a\": [1, 2.50, null]}'", "'null'", "'\"é\"'"),
                of("jsonpath", "string", "'$.a[*] ? (@ > 1)'"),
                of("bytea", "bytes", "''", "'\\x00ff10deadbeef'", "decode(repeat('00ab', 5000), 'hex')"),
                of("uuid", "uuid", "'00000000-0000-0000-0000-000000000000'", "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'"),
                of("ltree", "string", "'Top.Science.Astronomy'"),
                of("mood", "string", "'sad'", "'so \"so\"'", "'glücklich'"),
                of("positive", "int32", "1", "2147483647"),
                of("price", "decimal(8,2)", "1.50", "-999999.99"));
    }

    private static List<TypeSamples> times() {
        return List.of(
                of(
                        "date",
                        "date",
                        "'1970-01-01'",
                        "'2000-02-29'",
                        "'0044-03-15 BC'",
                        "'0001-01-01'",
                        "'9999-12-31'",
                        "'4713-01-01 BC'",
                        "'5874897-12-31'",
                        "'infinity'",
                        "'-infinity'"),
                of("time", "time", "'00:00'", "'23:59:59.999999'", "'01:02:03.4'"),
                of("time(3)", "time", "'01:02:03.456'"),
                of("timestamp", "local-timestamp", timestamps("")),
                of("timestamp(3)", "local-timestamp", "'2026-01-31 23:59:58.123'"),
                of("timestamptz", "timestamp", timestamps("+00")),
                of("timestamptz", "timestamp", "'2026-03-29 02:30:00 Europe/Berlin'", "'2026-01-01 00:00:00+14'"),
                text("timetz", "string", "'10:11:12+02'", "'00:00:00-15:59'", "'24:00:00.000000+01:30:15'"),
                text(
                        "interval",
                        "string",
                        "'1 year 2 mons 3 days 04:05:06.789'",
                        "'-1 year -2 mons +3 days -04:05:06.789'",
                        "'0'",
                        "'178000000 years'"));
    }

    private static String[] timestamps(String zone) {
        return new String[] {
            "'1970-01-01 00:00:00" + zone + "'",
            "'2026-01-31 23:59:58.123456" + zone + "'",
            "'0044-03-15 12:00:00" + zone + " BC'",
            "'4713-01-01 00:00:00" + zone + " BC'",
            "'294246-12-31 23:59:59.999999" + zone + "'",
            "'1969-12-31 23:59:59.999999" + zone + "'",
            "'infinity'",
            "'-infinity'"
        };
    }

    private static List<TypeSamples> composed() {
        return List.of(
                of("integer[]", "list<int32>", "'{}'", "'{1,NULL,3}'"),
                of(
                        "text[]",
                        "list<string>",
                        "'{}'",
                        "'{\"\",\"a b\",NULL,\"NULL\",\"q\\\"x\\\\y\",\"{}\",\",\"}'",
                        "ARRAY['ä', E'\\n']"),
                of("numeric(8,3)[]", "list<decimal(8,3)>", "'{1.500,2.250,NULL}'"),
                of("timestamptz[]", "list<timestamp>", "'{\"2026-01-31 23:59:58+00\",infinity}'"),
                of("bytea[]", "list<bytes>", "ARRAY['\\x00ff'::bytea, '']"),
                of("uuid[]", "list<uuid>", "'{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}'"),
                of("jsonb[]", "list<json>", "ARRAY['{\"a\": \"b\"}', 'null']::jsonb[]"),
                of("mood[]", "list<string>", "'{sad,\"so \\\"so\\\"\"}'"),
                of("positive[]", "list<int32>", "'{1,2}'"),
                of("integer[][]", "list<list<int32>>", "'{}'", "'{{1,NULL},{3,4}}'", "'{{1},{2},{3}}'"),
                of("text[][][]", "list<list<list<string>>>", "'{{{a,\"b c\"}},{{NULL,\"\"}}}'"),
                of(
                        "place",
                        "struct<name:string,x:float64,tags:list<string>,at:timestamp>",
                        "ROW('a \"b\", (c) \\', 1.5, '{x,\"y z\"}', '2026-01-31 23:59:58+00')",
                        "ROW('', NULL, '{}', NULL)",
                        "ROW(NULL, NULL, NULL, NULL)"),
                of(
                        "journey",
                        "struct<start:struct<name:string,x:float64,tags:list<string>,at:timestamp>,days:int32>",
                        "ROW(ROW('a \"b\"', 1, ARRAY['q\"'], NULL), 3)",
                        "ROW(NULL, NULL)"),
                of(
                        "place[]",
                        "list<struct<name:string,x:float64,tags:list<string>,at:timestamp>>",
                        "ARRAY[ROW('a \"b\"', 1, ARRAY['q\"', 'r'], NULL), NULL]::place[]"),
                of(
                        "hstore",
                        "map<string,string>",
                        "''",
                        "'a=>1, b=>NULL, \"c d\"=>\"e \\\"f\\\" \\\\g\"'",
                        "'\"\"=>\"\"'"));
    }

    private static List<TypeSamples> others() {
        return List.of(
                text("money", "string", "'12.34'", "'-92233720368547758.08'"),
                text("inet", "string", "'10.0.0.1'", "'10.1.2.3/8'", "'::1'", "'fe80::1/64'"),
                text("cidr", "string", "'10.0.0.0/8'", "'::/0'"),
                text("macaddr", "string", "'08:00:2b:01:02:03'"),
                text("bit(8)", "string", "B'10000001'"),
                text("bit varying(9)", "string", "B''", "B'101'"),
                text("point", "string", "'(1,2.5)'"),
                text("box", "string", "'(3,4),(1,2)'"),
                text("box[]", "list<string>", "'{(3,4),(1,2);(7,8),(5,6)}'"),
                text("inet[]", "list<string>", "'{10.0.0.1,::1}'"),
                text("int4range", "string", "'[1,5)'", "'empty'", "'(,)'"),
                text("tstzrange", "string", "'[2026-01-01 00:00+00,infinity]'"),
                text("int4multirange", "string", "'{[1,5),[7,9)}'"),
                text("tsvector", "string", "'a fat cat'"),
                text("pg_lsn", "string", "'16/B374D848'"));
    }
}
