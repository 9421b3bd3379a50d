package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message in two passes: the first notes where the values of each wanted field stand, for they may come in any
 * order and more than once; the second takes them column by column. The bytes of the message must stand still in
 * between.
 *
 * <p>Messages that stand in more than one place are merged by reading their bytes one behind the other, which is what
 * merging means in Protocol Buffers.
 */
final class MessageReader {
    private static final int MAX_DIRECT = 1024;

    private final ProtoInput scan = new ProtoInput();
    private final Occurrences[] found;
    private final int[] direct;
    private final int[] numbers;
    private final FieldColumn[] columns;

    private MessageReader(int[] numbers, FieldColumn[] columns) {
        this.numbers = numbers;
        this.columns = columns;
        this.found = new Occurrences[numbers.length];
        int largest = 0;
        for (int i = 0; i < numbers.length; i++) {
            found[i] = new Occurrences();
            largest = numbers[i] < MAX_DIRECT ? Math.max(largest, numbers[i]) : largest;
        }
        this.direct = new int[largest + 1];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < MAX_DIRECT) {
                direct[numbers[i]] = i + 1;
            }
        }
    }

    /** A column, which of the noted fields it is, and which others rule it out: those of the same oneof. */
    private record FieldColumn(
            Field field, int index, int[] rivals, Optional<FieldReader> reader, ColumnBuilder into) {}

    static MessageReader of(Descriptor message, List<Field> fields, List<ColumnBuilder> builders) {
        List<Integer> numbers = new ArrayList<>();
        FieldColumn[] columns = new FieldColumn[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            Field column = fields.get(i);
            ColumnBuilder into = builders.get(i);
            FieldDescriptor field = message.findFieldByName(column.name());
            int index = field == null ? -1 : note(field.getNumber(), numbers);
            int[] rivals = rivals(field).stream()
                    .mapToInt(rival -> note(rival, numbers))
                    .toArray();
            Optional<FieldReader> reader = Optional.ofNullable(field).map(known -> FieldReader.of(known, column, into));
            columns[i] = new FieldColumn(column, index, rivals, reader, into);
        }
        return new MessageReader(numbers.stream().mapToInt(Integer::intValue).toArray(), columns);
    }

    private static int note(int number, List<Integer> numbers) {
        int index = numbers.indexOf(number);
        if (index < 0) {
            numbers.add(number);
        }
        return index < 0 ? numbers.size() - 1 : index;
    }

    private static List<Integer> rivals(@Nullable FieldDescriptor field) {
        OneofDescriptor choice = field == null ? null : field.getRealContainingOneof();
        return choice == null
                ? List.of()
                : choice.getFields().stream()
                        .filter(other -> other != field)
                        .map(FieldDescriptor::getNumber)
                        .toList();
    }

    /** Reads the message in bytes {@code from} to {@code to - 1} and appends a value to each column. */
    void read(byte[] data, int from, int to) {
        for (Occurrences one : found) {
            one.clear();
        }
        scan.start(data, from, to);
        while (!scan.atEnd()) {
            int tag = scan.readTag();
            int index = index(tag >>> 3);
            if (index >= 0) {
                found[index].add(scan.position(), tag & 7);
            }
            scan.skip(tag);
        }
        for (FieldColumn column : columns) {
            try {
                append(column, data, to);
            } catch (BadRecordException e) {
                throw e.in(column.field.name());
            }
        }
    }

    private int index(int number) {
        if (number < direct.length) {
            return direct[number] - 1;
        }
        for (int i = 0; number >= MAX_DIRECT && i < numbers.length; i++) {
            if (numbers[i] == number) {
                return i;
            }
        }
        return -1;
    }

    private void append(FieldColumn column, byte[] data, int to) {
        if (column.reader.isEmpty()) {
            if (!column.field.nullable()) {
                throw new BadRecordException("is missing");
            }
            column.into.appendNull();
            return;
        }
        int after = -1;
        for (int rival : column.rivals) {
            after = Math.max(after, found[rival].last());
        }
        Occurrences own = found[column.index];
        int first = 0;
        while (first < own.count() && own.position(first) < after) {
            first++;
        }
        column.reader.get().read(data, to, own, first);
    }
}
