CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE kinds (
  id bigint PRIMARY KEY, b boolean NOT NULL, i2 smallint, i4 integer, f4 real, f8 double precision,
  n numeric(10,2), big numeric(30,5), free numeric, t text NOT NULL, v varchar(10), c char(4), by bytea,
  d date, tm time, tm3 time(3), tz timetz, ts timestamp, ts3 timestamp(3), tsz timestamptz, iv interval,
  u uuid, j json, jb jsonb, ai integer[], at text[], an numeric(8,3)[], e mood, x xml, inet inet,
  bits bit(8), rng int4range, pt point, hs hstore);
INSERT INTO kinds VALUES (
  1, true, -7, 42, 1.5, 2.25, 12.34, 123456789012345678901234.56789, 3.14159, 'hällo "x"', 'v', 'ab', '\xdeadbeef',
  '2026-01-31', '23:59:58.123456', '01:02:03.456', '10:11:12+02', '2026-01-31 23:59:58.123456',
  '2026-01-31 23:59:58.123', '2026-01-31 23:59:58.123456+02', '1 year 2 mons 3 days 04:05:06.789',
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301', '{"a": [1, 2]}', '{"b": null}', '{1,NULL,3}', '{"a","b c",NULL}',
  '{1.500,2.250}', 'happy', '<a/>', '10.0.0.1', B'10000001', '[1,5)', '(1,2)', 'a=>1,b=>NULL');
INSERT INTO kinds (id, b, t) VALUES (2, false, '');
INSERT INTO kinds (id, b, t, f4, f8, d, ts, tsz, n) VALUES (
  3, false, 'old', 'Infinity', 'NaN', '0044-03-15 BC', '0044-03-15 12:00 BC', '0044-03-15 12:00+00 BC', -0.01);
CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(10,2), placed timestamptz, paid boolean);
INSERT INTO orders SELECT i, 'customer ' || i % 10, i * 1.25, '2026-01-01Z'::timestamptz + i * interval '1 minute', i % 2 = 0
  FROM generate_series(1, 200) AS i;
CREATE TABLE large (
  id int PRIMARY KEY, n int NOT NULL, doc text, bin bytea, js jsonb, texts text[], ints int[], longs bigint[], uuids uuid[],
  hs hstore);
ALTER TABLE large ALTER doc SET STORAGE EXTERNAL, ALTER bin SET STORAGE EXTERNAL, ALTER js SET STORAGE EXTERNAL,
  ALTER texts SET STORAGE EXTERNAL, ALTER ints SET STORAGE EXTERNAL, ALTER longs SET STORAGE EXTERNAL,
  ALTER uuids SET STORAGE EXTERNAL, ALTER hs SET STORAGE EXTERNAL;
INSERT INTO large SELECT 1, 1, repeat('x', 5000), convert_to(repeat('y', 5000), 'UTF8'), to_jsonb(repeat('z', 5000)),
  ARRAY[repeat('w', 5000)], array_agg(i), array_agg(i::bigint),
  array_agg('3f2504e0-4f89-11d3-9a0c-0305e82c3301'::uuid), hstore('k', repeat('h', 5000)) FROM generate_series(1, 2000) AS i;
CREATE TABLE whole (id int PRIMARY KEY, name text);
ALTER TABLE whole REPLICA IDENTITY FULL;
INSERT INTO whole VALUES (1, 'one')
