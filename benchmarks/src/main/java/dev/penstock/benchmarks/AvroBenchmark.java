package dev.penstock.benchmarks;

import java.util.List;

/** Records of Avro to columns: the decoder beside the generic reader of Avro itself, which makes an object a record. */
record AvroBenchmark() implements Benchmark {
    private static final List<String> HEAP = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final long RECORDS = 20_000_000;

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String unit() {
        return "records/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) {
        long records = workplace.scaled(RECORDS);
        return List.of(
                Contender.java(Contender.OURS, AvroOurs.class, records, HEAP, records),
                Contender.java("generic-reader", AvroGeneric.class, records, HEAP, records));
    }
}
