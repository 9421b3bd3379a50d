package dev.penstock.connector.lancedb;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lance.FragmentMetadata;
import org.lance.fragment.DataFile;

/** Rows in data files that no version of the table names yet. */
record StagedFragment(long rows, List<File> files) {
    /**
     * A data file.
     *
     * @param fields for each column of the file, its place among the columns that were written, nested ones counted
     */
    record File(String name, List<Integer> fields, List<Integer> columns, int major, int minor, long bytes) {
        File {
            fields = List.copyOf(fields);
            columns = List.copyOf(columns);
        }

        static File of(DataFile file) {
            return new File(
                    file.getPath(),
                    IntStream.of(file.getFields()).boxed().toList(),
                    IntStream.of(file.getColumnIndices()).boxed().toList(),
                    file.getFileMajorVersion(),
                    file.getFileMinorVersion(),
                    file.getFileSizeBytes() == null ? 0 : file.getFileSizeBytes());
        }
    }

    StagedFragment {
        files = List.copyOf(files);
    }

    static StagedFragment of(FragmentMetadata fragment) {
        return new StagedFragment(
                fragment.getPhysicalRows(),
                fragment.getFiles().stream().map(File::of).toList());
    }

    long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }

    /**
     * As Lance commits it.
     *
     * @param id 0 lets Lance choose
     * @param fieldIds from a column's place to the id that the table knows it by
     */
    FragmentMetadata toLance(int id, Map<Integer, Integer> fieldIds) {
        List<DataFile> data = files.stream()
                .map(file -> new DataFile(
                        file.name(),
                        file.fields().stream().mapToInt(fieldIds::get).toArray(),
                        file.columns().stream().mapToInt(Integer::intValue).toArray(),
                        file.major(),
                        file.minor(),
                        file.bytes() == 0 ? null : file.bytes(),
                        null))
                .toList();
        return new FragmentMetadata(id, data, rows, null, null);
    }
}
