package dev.penstock.connector.iceberg.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.jspecify.annotations.Nullable;

/** An encoder whose values are numbers into a dictionary where that pays. */
abstract class PagedEncoder implements ValueEncoder {
    final PageValues page;

    PagedEncoder(PageValues page) {
        this.page = page;
    }

    @Override
    public final long rawBytes() {
        return page.rawBytes();
    }

    @Override
    public long textBytes() {
        return 0;
    }

    @Override
    public long memory() {
        return page.memory();
    }

    @Override
    public final BytesInput finishPage() throws IOException {
        return page.finishPage();
    }

    @Override
    public final Encoding encoding() {
        return page.encoding();
    }

    @Override
    public final @Nullable DictionaryPage finishRowGroup() {
        return page.finishRowGroup();
    }
}
