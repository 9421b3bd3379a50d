package dev.penstock.embeddings;

/** A cursor over the lines of a text. */
final class Lines {
    private final String text;
    private int start;
    private int end;

    Lines(String text, int start) {
        this.text = text;
        moveTo(start);
    }

    /** Whether there is a line here, if only an empty one before the end. */
    boolean isLine() {
        return start < text.length();
    }

    /** Where this line starts. */
    int start() {
        return start;
    }

    /** Where this line ends, without the line end. */
    int end() {
        return end;
    }

    void next() {
        moveTo(end + 1);
    }

    void moveTo(int position) {
        start = Math.min(position, text.length());
        int found = text.indexOf('\n', start);
        end = found < 0 ? text.length() : found;
    }

    /** The first character that is no space or tab; {@link #end} if there is none. */
    int indent() {
        int at = start;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    boolean isBlankLine() {
        for (int at = start; at < end; at++) {
            if (!Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code wanted} stands from {@code at} on; looks no further than the line, unlike indexOf. */
    boolean containsFrom(int at, char wanted) {
        for (int i = at; i < end; i++) {
            if (text.charAt(i) == wanted) {
                return true;
            }
        }
        return false;
    }

    boolean contains(char wanted) {
        return containsFrom(start, wanted);
    }

    /** How many times {@code mark} stands one after the other from {@code at} on. */
    int run(int at, char mark) {
        int count = 0;
        while (at + count < end && text.charAt(at + count) == mark) {
            count++;
        }
        return count;
    }

    /** Whether only white space stands from {@code at} to the end of the line. */
    boolean isBlankFrom(int at) {
        for (int i = at; i < end; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}
