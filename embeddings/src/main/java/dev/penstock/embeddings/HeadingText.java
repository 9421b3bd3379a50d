package dev.penstock.embeddings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Headings as people read them. */
final class HeadingText {
    /** Between the headings of a path. */
    static final String SEPARATOR = " > ";

    private static final int MAX_TITLE = 100;
    private static final int MAX_PATH = 240;
    private static final int MAX_RAW = 1000;
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\[]*)]\\([^()\\s]*\\)");
    private static final Pattern ATTRIBUTES = Pattern.compile("\\s*\\{[^{}]*}\\s*$");
    private static final Pattern CLOSING = Pattern.compile("\\s+#+\\s*$");
    private static final Pattern MARKS = Pattern.compile("[`*]+|\\\\(?=[_*`#\\[\\]<>])|<!--.*?-->|</?[a-zA-Z][^<>]*>");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private HeadingText() {}

    /** {@code raw} without markup, on one line, of bounded length. */
    static String plain(String raw) {
        String plain = raw.length() > MAX_RAW ? raw.substring(0, MAX_RAW) : raw;
        plain = CLOSING.matcher(plain).replaceFirst("");
        plain = ATTRIBUTES.matcher(plain).replaceFirst("");
        plain = LINK.matcher(plain).replaceAll("$1");
        plain = MARKS.matcher(plain).replaceAll("");
        plain = SPACES.matcher(plain).replaceAll(" ").strip();
        return TextTokenizer.wellFormed(cut(plain, MAX_TITLE));
    }

    /** The headings from the outermost to the innermost; the outer ones give way where it would be too long. */
    static String path(List<String> titles) {
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (int i = titles.size() - 1; i >= 0; i--) {
            String title = titles.get(i);
            boolean repeated = !kept.isEmpty() && kept.get(0).equalsIgnoreCase(title);
            length += title.length() + SEPARATOR.length();
            if (!title.isEmpty() && !repeated && (kept.isEmpty() || length <= MAX_PATH)) {
                kept.add(0, title);
            }
        }
        return String.join(SEPARATOR, kept);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int space = text.lastIndexOf(' ', most);
        return text.substring(0, space > most / 2 ? space : most);
    }
}
