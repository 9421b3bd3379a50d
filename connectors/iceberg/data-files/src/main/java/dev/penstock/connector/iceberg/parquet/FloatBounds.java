package dev.penstock.connector.iceberg.parquet;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Type;

/**
 * The least and greatest of floating numbers, of a page and of a file, and how many of the file are not numbers. The
 * bounds of a file leave those out, as Iceberg wants it; those of a page that has one say so, so that no reader trusts
 * them. Zero below zero is less than zero.
 */
final class FloatBounds {
    private long count;
    private long notNumbers;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private long pageCount;
    private boolean pageHasNotNumber;
    private double pageLeast = Double.POSITIVE_INFINITY;
    private double pageGreatest = Double.NEGATIVE_INFINITY;

    void add(double value) {
        pageCount++;
        if (Double.isNaN(value)) {
            notNumbers++;
            pageHasNotNumber = true;
            return;
        }
        pageLeast = Math.min(pageLeast, value);
        pageGreatest = Math.max(pageGreatest, value);
    }

    /** Gives the bounds of the page, if it has values, and begins the next. */
    void page(DoubleConsumer bound) {
        if (pageHasNotNumber) {
            bound.accept(Double.NaN);
        } else if (pageCount > 0) {
            bound.accept(pageLeast);
            bound.accept(pageGreatest);
        }
        count += pageCount;
        least = Math.min(least, pageLeast);
        greatest = Math.max(greatest, pageGreatest);
        pageCount = 0;
        pageHasNotNumber = false;
        pageLeast = Double.POSITIVE_INFINITY;
        pageGreatest = Double.NEGATIVE_INFINITY;
    }

    /** What is known of the values on the pages that ended, as numbers of {@code type}. */
    <T> FieldMetrics<T> metrics(int fieldId, long nulls, Type type, DoubleFunction<T> number) {
        boolean bounded = count > notNumbers;
        return new FieldMetrics<>(
                fieldId,
                count + nulls,
                nulls,
                notNumbers,
                bounded ? number.apply(least) : null,
                bounded ? number.apply(greatest) : null,
                type);
    }
}
