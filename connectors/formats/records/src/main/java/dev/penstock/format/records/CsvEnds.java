package dev.penstock.format.records;

/**
 * Finds the ends of csv records, which may have line feeds inside quotes.
 *
 * <p>A quote opens a quoted field only where a field can begin: at the start of the record, or behind anything but a
 * letter, a digit or another byte of a word. So the quote of {@code 5" pipe} is a character like others, whatever the
 * delimiter is.
 */
public final class CsvEnds implements RecordEnds {
    private boolean quoted;
    private byte before = '\n';
    private boolean closed;

    @Override
    public int find(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            int next = quoted ? LineEnds.indexOf(data, at, to, (byte) '"') : quoteOrEnd(data, at, to);
            if (next < 0) {
                before = data[to - 1];
                closed = false;
                return -1;
            }
            if (data[next] == '\n') {
                return next;
            }
            quote(data, next, at);
            at = next + 1;
        }
        return -1;
    }

    private static int quoteOrEnd(byte[] data, int from, int to) {
        int end = LineEnds.indexOf(data, from, to, (byte) '\n');
        int quote = LineEnds.indexOf(data, from, end < 0 ? to : end, (byte) '"');
        return quote < 0 ? end : quote;
    }

    private void quote(byte[] data, int quote, int piece) {
        if (quoted) {
            quoted = false;
            closed = true;
        } else {
            boolean reopened = closed && quote == piece;
            byte neighbour = quote > piece ? data[quote - 1] : before;
            quoted = reopened || !isWord(neighbour);
            closed = false;
        }
        before = '"';
    }

    private static boolean isWord(byte c) {
        return c < 0
                || (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '.'
                || c == '"';
    }

    @Override
    public boolean inQuotes() {
        return quoted;
    }

    @Override
    public void restart() {
        quoted = false;
        closed = false;
        before = '\n';
    }

    @Override
    public boolean skipsEmpty() {
        return true;
    }
}
