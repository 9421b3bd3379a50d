package dev.penstock.connector.s3.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Reads, tidies and spoils the objects of a sink, with a client of its own. */
final class ObjectSinkSide implements SinkSide {
    static final String ARCHIVE = "archive/";

    private final KitService service;
    private final String prefix;

    ObjectSinkSide(KitService service, String prefix) {
        this.service = service;
        this.prefix = prefix;
    }

    /** Nothing: the bucket is there, and prefixes need not be made. */
    @Override
    public void create() {}

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        for (String place : List.of(ARCHIVE + prefix, prefix)) {
            for (String key : service.keys(place)) {
                if (!isHidden(key)) {
                    service.text(key).lines().map(LineLayout::parse).forEach(rows::add);
                }
            }
        }
        return rows;
    }

    static boolean isHidden(String key) {
        return key.contains("/.");
    }

    /** Moves what is visible to an archive, as whoever tidies buckets does. */
    @Override
    public void maintain() {
        int count = service.keys(ARCHIVE + prefix).size();
        for (String key : service.keys(prefix)) {
            if (!isHidden(key)) {
                service.copy(key, String.format(Locale.ROOT, "%s%s%06d", ARCHIVE, prefix, count++));
                service.delete(key);
            }
        }
    }

    @Override
    public void destroy(Prepared prepared) {
        String name = String.format(Locale.ROOT, "-%010d-%d-", prepared.epoch().epoch(), prepared.writer());
        for (MultipartUpload upload : service.uploads(prefix)) {
            if (upload.key().contains(name)) {
                service.abort(upload);
            }
        }
    }

    /** Of a sink whose name has other digits. */
    @Override
    public String openForeignTransaction() {
        String key = prefix + "part-0001000000-0-000000-0123456789-abcdef0123.txt";
        return transaction(key, service.begin(key));
    }

    Set<String> openTransactions() {
        Set<String> open = new TreeSet<>();
        service.uploads(prefix).forEach(upload -> open.add(transaction(upload.key(), upload.uploadId())));
        return open;
    }

    private static String transaction(String key, String uploadId) {
        return "upload:" + key + "?" + uploadId;
    }

    /** No object takes a record that is not there, and a line takes no line feed. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder batch = new BatchBuilder(schema());
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            String line = LineLayout.line(row);
            @Nullable Bytes record = bytes(line);
            if (invalid.contains(index)) {
                record = index % 2 == 0 ? bytes(line + "\nand more") : null;
            }
            batch.append(Row.of(schema(), record).with(row.operation()));
        }
        return batch.build();
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(UTF_8));
    }
}
