package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Parquet file of Iceberg's generic writer into columns, beside its generic reader and that of Arrow in C++. */
record ParquetReadBenchmark() implements Benchmark {
    private static final List<String> HEAP = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final long TIMES = 16;

    @Override
    public String name() {
        return "parquet-read";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        Path source = workplace.data(name()).resolve("source.parquet");
        ParquetGeneric.writeSource(source);
        long times = workplace.scaled(TIMES);
        long rows = times * ParquetData.FILE;
        List<Contender> contenders = new ArrayList<>(List.of(
                Contender.java(Contender.OURS, ParquetReadOurs.class, rows, HEAP, times, source),
                Contender.java("iceberg-generic", ParquetReadGeneric.class, rows, HEAP, times, source)));
        Optional<Path> pyarrow = PythonPackage.installed(workplace, "pyarrow", ParquetWriteBenchmark.PYARROW);
        if (pyarrow.isPresent()) {
            contenders.add(new Contender(
                    "pyarrow",
                    List.of(
                            "env",
                            "PYTHONPATH=" + pyarrow.get(),
                            "python3",
                            workplace
                                    .root()
                                    .resolve("benchmarks/src/main/python/parquet_read.py")
                                    .toString(),
                            source.toString(),
                            String.valueOf(times)),
                    rows));
        }
        return contenders;
    }
}
