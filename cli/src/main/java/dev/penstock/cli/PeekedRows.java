package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.cli.log.StandardError;
import dev.penstock.dataflow.format.CsvOptions;
import dev.penstock.dataflow.format.Format;
import dev.penstock.dataflow.format.RecordEncoder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.EncodedRecords;
import java.io.PrintStream;

/** Rows on their way to people or programs. */
interface PeekedRows {
    void add(RecordBatch rows);

    /** There are no more. */
    void end();

    /** An object a line, written as the ndjson format writes it; at once. */
    static PeekedRows json(PrintStream out) {
        RecordEncoder encoder = new RecordEncoder(Format.NDJSON, CsvOptions.DEFAULT);
        return new PeekedRows() {
            @Override
            public void add(RecordBatch rows) {
                EncodedRecords encoded = encoder.encode(rows);
                BytesColumn records = encoded.records();
                for (int row = 0; row < rows.rowCount() - encoded.rejected().size(); row++) {
                    int start = records.start(row);
                    out.println(new String(records.data(), start, records.start(row + 1) - start, UTF_8));
                }
                encoded.rejected()
                        .forEach(row -> StandardError.shared().line("a row has no form in JSON: " + row.reason()));
            }

            @Override
            public void end() {
                // Everything is written.
            }
        };
    }

    /** A table, at the end, when it is known how wide it is. */
    static PeekedRows table(PrintStream out) {
        return new PeekedTable(out);
    }
}
