package dev.penstock.dataflow.flow;

import java.util.ArrayList;
import java.util.List;

/** Several texts as one: each ends with a slash, and slashes and backslashes in it have a backslash before them. */
final class KeyParts {
    private static final char END = '/';
    private static final char ESCAPE = '\\';

    private KeyParts() {}

    static String join(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                char character = part.charAt(i);
                if (character == END || character == ESCAPE) {
                    text.append(ESCAPE);
                }
                text.append(character);
            }
            text.append(END);
        }
        return text.toString();
    }

    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ESCAPE) {
                part.append(text.charAt(++i));
            } else if (character == END) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        return parts;
    }
}
