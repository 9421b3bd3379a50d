package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet goes without Hadoop: the few of its types that are named are ours. */
class HadoopShimTest {
    private static final RandomRows RANDOM = new RandomRows(7);
    private static final Schema COLUMNS = RANDOM.schema(8);
    private static final RecordBatch BATCH = RANDOM.batch(COLUMNS, 2000);

    @Test
    void noJarOfHadoopIsOnTheClassPath() {
        assertThat(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(path -> new File(path).getName())
                        .filter(name -> name.startsWith("hadoop")))
                .allMatch(name -> name.startsWith("hadoop-shim"));
    }

    @Test
    void typesOfHadoopComeFromOnePlace() throws IOException {
        List<URL> found = Collections.list(
                getClass().getClassLoader().getResources("org/apache/hadoop/conf/Configuration.class"));
        assertThat(found).singleElement().asString().contains("hadoop-shim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
    void readsWhatIsWrittenWithEachCodec(String codec) throws IOException {
        org.apache.iceberg.Schema table = DataFileWriting.table(COLUMNS);
        List<Record> rows = GenericRows.of(table, BATCH);
        Map<String, String> properties = Map.of("write.parquet.compression-codec", codec);
        DataFile ours = DataFileWriting.write(table, properties, List.of(BATCH));
        DataFile theirs = DataFileWriting.generic(table, properties, rows);
        assertThat(GenericRows.read(table, DataFileWriting.file(ours))).isEqualTo(rows);
        assertThat(GenericRows.read(table, DataFileWriting.file(theirs))).isEqualTo(rows);
    }

    @Test
    void writesSmallerFilesAtAHigherLevel() {
        org.apache.iceberg.Schema table = DataFileWriting.table(COLUMNS);
        long fast = size(table, "1");
        assertThat(size(table, "19")).isLessThan(fast);
    }

    private static long size(org.apache.iceberg.Schema table, String level) {
        return DataFileWriting.write(table, Map.of("write.parquet.compression-level", level), List.of(BATCH))
                .fileSizeInBytes();
    }
}
