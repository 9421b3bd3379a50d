package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.reading.FileColumns;
import dev.penstock.connector.iceberg.reading.ParquetRows;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.util.DateTimeUtil;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of Arrow's writer in C++, which have no ids and use encodings and codecs that Iceberg's writer does not, hold
 * the rows that were given to it. {@code PENSTOCK_PYTHON} names the interpreter that has {@code pyarrow}.
 */
class OtherWritersTest {
    private static final dev.penstock.spi.data.Schema COLUMNS = dev.penstock.spi.data.Schema.of(
            Field.of("truth", DataType.BOOLEAN),
            Field.of("small", DataType.INT32),
            Field.of("whole", DataType.INT64),
            Field.of("half", DataType.FLOAT32),
            Field.of("real", DataType.FLOAT64),
            Field.of("text", DataType.STRING),
            Field.of("bytes", DataType.BYTES),
            Field.of("day", DataType.DATE),
            Field.of("moment", DataType.TIMESTAMP),
            Field.of("price", DataType.decimal(9, 2)),
            Field.of("total", DataType.decimal(38, 10)),
            Field.of("vector", DataType.listOf(DataType.FLOAT32)),
            Field.of("tags", DataType.listOf(DataType.listOf(DataType.STRING))),
            Field.of("map", DataType.mapOf(DataType.STRING, DataType.INT64)),
            Field.of(
                    "struct",
                    DataType.struct(Field.of("x", DataType.INT32), Field.of("y", DataType.listOf(DataType.FLOAT64)))));
    private static final String PROGRAM = """
            import pyarrow as pa, pyarrow.parquet as pq, sys
            source, target = sys.argv[1:]
            table = pq.read_table(source).replace_schema_metadata(None)
            plain = pa.schema([pa.field(f.name, f.type) for f in table.schema])
            def bare(type):
                if pa.types.is_list(type):
                    return pa.list_(bare(type.value_type))
                if pa.types.is_map(type):
                    return pa.map_(bare(type.key_type), bare(type.item_type))
                if pa.types.is_struct(type):
                    return pa.struct([pa.field(type.field(i).name, bare(type.field(i).type)) for i in range(type.num_fields)])
                return type
            table = table.cast(pa.schema([pa.field(f.name, bare(f.type)) for f in plain]))
            def write(name, **options):
                pq.write_table(table, target + '/' + name + '.parquet', row_group_size=1100, data_page_size=3000, **options)
            for version in ('1.0', '2.0'):
                for codec in ('none', 'snappy', 'gzip', 'zstd', 'lz4'):
                    write('dictionary-' + version + codec, data_page_version=version, compression=codec)
                write('plain-' + version, data_page_version=version, use_dictionary=False)
                write('encoded-' + version, data_page_version=version, use_dictionary=False, column_encoding={
                    'truth': 'RLE', 'small': 'DELTA_BINARY_PACKED', 'whole': 'DELTA_BINARY_PACKED',
                    'half': 'BYTE_STREAM_SPLIT', 'real': 'BYTE_STREAM_SPLIT', 'text': 'DELTA_BYTE_ARRAY',
                    'bytes': 'DELTA_LENGTH_BYTE_ARRAY', 'moment': 'DELTA_BINARY_PACKED'})
            write('old-times', use_deprecated_int96_timestamps=True)
            write('milliseconds', coerce_timestamps='ms', allow_truncated_timestamps=True)
            write('old-lists', use_compliant_nested_type=False)
            write('whole-decimals', store_decimal_as_integer=True)
            print('written')
            """;

    @TempDir
    Path directory;

    @Test
    void readsFilesOfArrowInEveryEncoding() throws Exception {
        Assumptions.assumeTrue(
                python("import pyarrow").isEmpty(),
                "no Python with the package pyarrow here; install it with pip and set PENSTOCK_PYTHON to run this");
        Schema table = DataFileWriting.table(COLUMNS);
        RecordBatch batch = new RandomRows(7).batch(COLUMNS, 3000);
        Path source = directory.resolve("source");
        Files.write(
                source,
                DataFileWriting.file(DataFileWriting.write(table, Map.of(), List.of(batch)))
                        .newStream()
                        .readAllBytes());
        Path target = Files.createDirectory(directory.resolve("written"));
        assertThat(python(PROGRAM, source, target)).isEqualTo("written");
        List<Path> files;
        try (Stream<Path> all = Files.list(target)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSize(18);
        for (Path file : files) {
            InputFile input = org.apache.iceberg.Files.localInput(file.toFile());
            List<Record> expected = file.endsWith("milliseconds.parquet")
                    ? truncated(GenericRows.of(table, batch))
                    : GenericRows.of(table, batch);
            assertThat(read(table, input)).as(file.toString()).isEqualTo(expected);
        }
    }

    /** As whole milliseconds, as C++ divides. */
    private static List<Record> truncated(List<Record> rows) {
        for (Record row : rows) {
            if (row.getField("moment") instanceof OffsetDateTime moment) {
                long micros = DateTimeUtil.microsFromTimestamptz(moment) / 1_000 * 1_000;
                row.setField("moment", DateTimeUtil.timestamptzFromMicros(micros));
            }
        }
        return rows;
    }

    private static List<Record> read(Schema table, InputFile file) {
        List<Record> rows = new ArrayList<>();
        FileColumns wanted = new FileColumns(table, Map.of(), Optional.of(MappingUtil.create(table)));
        try (ParquetRows reader = ParquetRows.open(file, wanted)) {
            for (Optional<RecordBatch> next = reader.read(777); next.isPresent(); next = reader.read(777)) {
                rows.addAll(GenericRows.of(table, next.get()));
            }
        }
        return rows;
    }

    private String python(String program, Path... files) throws InterruptedException, IOException {
        Path log = directory.resolve("python.log");
        List<String> command =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PENSTOCK_PYTHON", "python3"), "-c", program));
        Stream.of(files).map(Path::toString).forEach(command::add);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return Files.readString(log, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
