package dev.penstock.connector.iceberg.reading;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.ZstdException;
import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file as columns, in its order.
 *
 * <p><b>Order of calls:</b> {@code open (skipTo | read)* close}. One thread at a time. In memory are one row group as
 * it is stored, a page of each column, and the batch.
 *
 * <p><b>Failures:</b> {@link DataException} if the file is damaged or cannot hold what is wanted, naming it; what the
 * store of the table throws, such as {@link org.apache.iceberg.exceptions.NotFoundException};
 * {@link UncheckedIOException}.
 */
public final class ParquetRows implements AutoCloseable {
    private static final int SKIPPED_AT_ONCE = 4_096;

    private final String location;
    private final ParquetFileReader file;
    private final PageDecompression codecs;
    private final Schema schema;
    private final List<LeafReader> leaves;
    private final List<ReadNode> nodes;
    private @Nullable PageReadStore group;
    private int nextGroup;
    private long left;
    private long position;

    private ParquetRows(String location, ParquetFileReader file, PageDecompression codecs, FileColumns wanted) {
        this.location = location;
        this.file = file;
        this.codecs = codecs;
        this.schema = RowTypes.columns(wanted.columns());
        FileBinding binding = new FileBinding(withIds(file.getFileMetaData().getSchema(), wanted), wanted.constants());
        this.nodes = binding.bind(wanted.columns().columns());
        this.leaves = binding.leaves();
        file.setRequestedSchema(leaves.stream().map(LeafReader::column).toList());
    }

    private static MessageType withIds(MessageType stored, FileColumns wanted) {
        if (ParquetSchemaUtil.hasIds(stored)) {
            return stored;
        }
        return wanted.names()
                .map(names -> ParquetSchemaUtil.applyNameMapping(stored, names))
                .orElseGet(() -> ParquetSchemaUtil.addFallbackIds(stored));
    }

    /** Reads the footer of {@code file}, and no row. */
    public static ParquetRows open(InputFile file, FileColumns wanted) {
        requireNonNull(wanted, "wanted");
        PageDecompression codecs = new PageDecompression();
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .build();
        return reading(file.location(), () -> {
            ParquetFileReader reader = ParquetFileReader.open(new FileInput(file), options);
            try {
                return new ParquetRows(file.location(), reader, codecs, wanted);
            } catch (RuntimeException e) {
                try (reader) {
                    throw e;
                }
            }
        });
    }

    /** Something that reads. */
    private interface Action<T> {
        T run() throws IOException;
    }

    private static <T> T reading(String location, Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw isDamage(e)
                    ? damaged(location, e)
                    : new UncheckedIOException("Cannot read '" + location + "': " + e.getMessage(), e);
        } catch (DataException
                | ParquetDecodingException
                | ZstdException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | NegativeArraySizeException e) {
            throw damaged(location, e);
        } catch (RuntimeException e) {
            // Parquet has no type of its own for a file that is none.
            throw e.getClass().equals(RuntimeException.class) ? damaged(location, e) : e;
        }
    }

    /** Whether it is the header of a page that cannot be understood, rather than bytes that cannot be had. */
    private static boolean isDamage(IOException error) {
        Throwable cause = error.getCause();
        return cause != null && cause.getClass().getName().contains(".thrift.");
    }

    private static DataException damaged(String location, Exception cause) {
        return new DataException(
                "Cannot read '" + location + "': " + cause.getMessage()
                        + "; restore the file, or take it out of the table",
                cause);
    }

    /** The columns of rows. */
    public Schema schema() {
        return schema;
    }

    /** How many rows the file has. */
    public long rowCount() {
        return file.getRecordCount();
    }

    /** The place of the next row in the file, from 0. */
    public long position() {
        return position;
    }

    /** What a row takes in the file before pages are compressed, roughly. */
    public long bytesPerRow() {
        long bytes = file.getRowGroups().stream()
                .mapToLong(each -> each.getTotalByteSize())
                .sum();
        return bytes / Math.max(1, rowCount());
    }

    /** Leaves out the rows before {@code row}, whole row groups without reading them. */
    public void skipTo(long row) {
        if (row < position) {
            throw new IllegalArgumentException("Cannot go back from row " + position + " to " + row);
        }
        reading(location, () -> {
            while (position + left <= row && nextGroup < file.getRowGroups().size()) {
                position += left;
                left = 0;
                long rows = file.getRowGroups().get(nextGroup).getRowCount();
                if (position + rows <= row) {
                    position += rows;
                    nextGroup++;
                } else {
                    openGroup();
                }
            }
            while (position < row && left > 0) {
                advance((int) Math.min(Math.min(SKIPPED_AT_ONCE, left), row - position));
            }
            return position;
        });
    }

    /** The next rows, at least one and at most {@code maxRows}; empty at the end. */
    public Optional<RecordBatch> read(int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("Cannot read " + maxRows + " rows: at least one");
        }
        return reading(location, () -> {
            while (left == 0) {
                if (nextGroup == file.getRowGroups().size()) {
                    return Optional.empty();
                }
                openGroup();
            }
            int rows = (int) Math.min(maxRows, left);
            advance(rows);
            return Optional.of(batch(rows));
        });
    }

    private void advance(int rows) {
        for (LeafReader leaf : leaves) {
            leaf.read(rows);
        }
        left -= rows;
        position += rows;
    }

    private RecordBatch batch(int rows) {
        List<Column> columns = new ArrayList<>(nodes.size());
        for (ReadNode node : nodes) {
            columns.add(node.column(rows));
        }
        return RecordBatch.of(schema, rows, columns);
    }

    private void openGroup() throws IOException {
        closeGroup();
        left = file.getRowGroups().get(nextGroup).getRowCount();
        if (left > 0 && !leaves.isEmpty()) {
            PageReadStore pages = file.readRowGroup(nextGroup);
            group = pages;
            for (LeafReader leaf : leaves) {
                leaf.begin(pages.getPageReader(leaf.column()));
            }
        }
        nextGroup++;
    }

    private void closeGroup() {
        if (group != null) {
            group.close();
            group = null;
        }
    }

    @Override
    public void close() {
        closeGroup();
        codecs.release();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close '" + location + "'", e);
        }
    }
}
