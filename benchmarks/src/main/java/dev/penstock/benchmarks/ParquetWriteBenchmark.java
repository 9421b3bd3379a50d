package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns into Parquet files on a local disk, beside Iceberg's generic writer and the writer of Arrow in C++. */
record ParquetWriteBenchmark() implements Benchmark {
    static final String PYARROW = "26.0.1";
    private static final List<String> HEAP = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final long FILES = 8;

    @Override
    public String name() {
        return "parquet-write";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException, InterruptedException {
        Path data = workplace.data(name());
        long files = workplace.scaled(FILES);
        long rows = files * ParquetData.FILE;
        List<Contender> contenders = new ArrayList<>(List.of(
                Contender.java(
                        Contender.OURS, ParquetOurs.class, rows, HEAP, files, data.resolve("ours.parquet"), "zstd"),
                Contender.java(
                        "iceberg-generic",
                        ParquetGeneric.class,
                        rows,
                        HEAP,
                        files,
                        data.resolve("generic.parquet"),
                        "zstd"),
                Contender.java(
                        "iceberg-generic-zstd-1",
                        ParquetGeneric.class,
                        rows,
                        HEAP,
                        files,
                        data.resolve("generic-1.parquet"),
                        "zstd",
                        "1")));
        Optional<Path> pyarrow = PythonPackage.installed(workplace, "pyarrow", PYARROW);
        if (pyarrow.isPresent()) {
            Path source = data.resolve("source.parquet");
            ParquetOurs.writeSource(source);
            contenders.add(new Contender(
                    "pyarrow-zstd-1",
                    List.of(
                            "env",
                            "PYTHONPATH=" + pyarrow.get(),
                            "python3",
                            workplace
                                    .root()
                                    .resolve("benchmarks/src/main/python/parquet.py")
                                    .toString(),
                            source.toString(),
                            data.resolve("pyarrow.parquet").toString(),
                            String.valueOf(files)),
                    rows));
        }
        return contenders;
    }
}
