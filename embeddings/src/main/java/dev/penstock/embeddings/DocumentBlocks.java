package dev.penstock.embeddings;

import dev.penstock.embeddings.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the blocks of a document.
 *
 * <p>Not every rule of Markdown matters for cutting: lists and quotes count as prose. Comments and front matter are not
 * shown to readers and are left out; of the front matter the title is kept. Takes time linear in the text, whatever is
 * in it.
 */
final class DocumentBlocks {
    private static final int NONE = -1;
    private static final int MAX_HEADING_LEVEL = 6;
    private static final int MAX_HEADING_INDENT = 3;
    private static final int FENCE_LENGTH = 3;
    private static final int RULE_LENGTH = 3;
    private static final int MAX_FRONT_MATTER_LINES = 500;
    private static final int MAX_TABLE_RULE = 10_000;
    private static final Pattern FRONT_MATTER_LINE =
            Pattern.compile("\\s*(#.*|-\\s.*|[\\w.\"'-]+\\s*:(\\s.*)?|\\s+.*)?");
    private static final Pattern TITLE = Pattern.compile("title\\s*:\\s*(.*)");

    private final String text;
    private final Lines line;
    private final List<Block> blocks = new ArrayList<>();
    private String title = "";
    private boolean afterGap;
    private int commentEnd;
    private int proseStart = NONE;
    private int proseEnd;
    private int proseLines;

    private DocumentBlocks(String text) {
        this.text = text;
        this.line = new Lines(text, 0);
    }

    /**
     * The blocks of {@code text} in order.
     *
     * @param title of the document as its front matter has it, or empty
     * @param blocks what is left to read
     */
    record Parsed(String title, List<Block> blocks) {}

    static Parsed parse(String text, Syntax syntax) {
        DocumentBlocks parser = new DocumentBlocks(text);
        if (syntax == Syntax.MARKDOWN) {
            parser.frontMatter();
        }
        while (parser.line.isLine()) {
            if (syntax == Syntax.TEXT || !parser.markdown()) {
                parser.prose();
            }
        }
        parser.endProse();
        return new Parsed(parser.title, parser.blocks);
    }

    private boolean markdown() {
        return heading() || underline() || rule() || fence() || comment() || table();
    }

    private void prose() {
        if (line.isBlankLine()) {
            endProse();
        } else {
            proseStart = proseStart < 0 ? line.start() : proseStart;
            proseEnd = line.end();
            proseLines++;
        }
        line.next();
    }

    private void endProse() {
        if (proseStart >= 0) {
            append(Block.of(Kind.PROSE, proseStart, proseEnd));
        }
        proseStart = NONE;
        proseLines = 0;
    }

    private void add(Block block) {
        endProse();
        append(block);
    }

    private void append(Block block) {
        blocks.add(afterGap ? block.afterGap() : block);
        afterGap = false;
    }

    private boolean heading() {
        int indent = line.indent();
        int level = line.run(indent, '#');
        int after = indent + level;
        boolean spaced = after >= line.end() || Character.isWhitespace(text.charAt(after));
        if (level == 0 || level > MAX_HEADING_LEVEL || !spaced || indent - line.start() > MAX_HEADING_INDENT) {
            return false;
        }
        add(Block.heading(line.start(), line.end(), level, HeadingText.plain(text.substring(after, line.end()))));
        line.next();
        return true;
    }

    /** A line of text that is underlined with equals signs or hyphens. */
    private boolean underline() {
        int indent = line.indent();
        if (proseLines != 1 || indent >= line.end() || "-*+>|".indexOf(text.charAt(proseStart)) >= 0) {
            return false;
        }
        char mark = text.charAt(indent);
        if ((mark != '=' && mark != '-') || !line.isBlankFrom(indent + line.run(indent, mark))) {
            return false;
        }
        Block heading = Block.heading(
                proseStart, line.end(), mark == '=' ? 1 : 2, HeadingText.plain(text.substring(proseStart, proseEnd)));
        proseStart = NONE;
        add(heading);
        line.next();
        return true;
    }

    /** A line across the page, which has nothing to read. */
    private boolean rule() {
        int indent = line.indent();
        char mark = indent < line.end() ? text.charAt(indent) : ' ';
        if ("-*_".indexOf(mark) < 0) {
            return false;
        }
        int marks = 0;
        for (int at = indent; at < line.end(); at++) {
            if (text.charAt(at) == mark) {
                marks++;
            } else if (!Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        if (marks < RULE_LENGTH) {
            return false;
        }
        endProse();
        line.next();
        return true;
    }

    private boolean fence() {
        int start = line.start();
        int indent = line.indent();
        char mark = indent < line.end() ? text.charAt(indent) : ' ';
        int length = line.run(indent, mark);
        if ((mark != '`' && mark != '~') || length < FENCE_LENGTH || isInlineCode(mark, indent + length)) {
            return false;
        }
        int end = line.end();
        for (line.next(); line.isLine(); line.next()) {
            end = line.end();
            int inner = line.indent();
            int closing = line.run(inner, mark);
            if (closing >= length && line.isBlankFrom(inner + closing)) {
                break;
            }
        }
        line.next();
        add(Block.of(Kind.CODE, start, end));
        return true;
    }

    private boolean isInlineCode(char mark, int after) {
        return mark == '`' && line.containsFrom(after, '`');
    }

    private boolean comment() {
        int indent = line.indent();
        if (!text.startsWith("<!--", indent)) {
            return false;
        }
        int close = commentEnd(indent + 4);
        Lines last = new Lines(text, Math.max(close, 0));
        // One that is followed by text on its line is a part of that text; one without an end may be a slip.
        if (close < 0 || !last.isBlankFrom(close + 3)) {
            return false;
        }
        endProse();
        afterGap = true;
        line.moveTo(last.end() + 1);
        return true;
    }

    // Searched once for all comments that end there, or texts full of unended ones would take for ever.
    private int commentEnd(int from) {
        if (commentEnd < from && commentEnd != NONE) {
            commentEnd = text.indexOf("-->", from);
        }
        return commentEnd;
    }

    private boolean table() {
        if (!line.contains('|')) {
            return false;
        }
        Lines rule = new Lines(text, line.end() + 1);
        if (!isTableRule(rule)) {
            return false;
        }
        int start = line.start();
        int end = rule.end();
        line.moveTo(rule.end() + 1);
        while (line.isLine() && line.contains('|') && !line.isBlankLine()) {
            end = line.end();
            line.next();
        }
        add(Block.of(Kind.TABLE, start, end));
        return true;
    }

    private boolean isTableRule(Lines rule) {
        if (!rule.isLine() || rule.end() - rule.start() > MAX_TABLE_RULE || !rule.contains('-')) {
            return false;
        }
        for (int at = rule.start(); at < rule.end(); at++) {
            if ("|-: \t\r".indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return rule.contains('|');
    }

    private void frontMatter() {
        if (!isMarker("---")) {
            return;
        }
        String found = "";
        int lines = 0;
        for (line.next(); line.isLine() && lines++ < MAX_FRONT_MATTER_LINES; line.next()) {
            if (isMarker("---") || isMarker("...")) {
                title = found;
                line.next();
                return;
            }
            String content = text.substring(line.start(), Math.min(line.end(), line.start() + 1000))
                    .stripTrailing();
            if (!FRONT_MATTER_LINE.matcher(content).matches()) {
                break;
            }
            Matcher matcher = TITLE.matcher(content);
            found = matcher.matches()
                    ? HeadingText.plain(unquoted(matcher.group(1).strip()))
                    : found;
        }
        line.moveTo(0);
    }

    private boolean isMarker(String marker) {
        return text.startsWith(marker, line.start()) && line.isBlankFrom(line.start() + marker.length());
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
