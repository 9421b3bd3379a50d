package dev.penstock.conformance.rules;

import java.util.LinkedHashSet;
import java.util.Set;

/** What people type who mean a name. */
final class Typos {
    private Typos() {}

    /** Names that are one edit away: a letter left out, doubled, swapped with the next, in capitals, or another one. */
    static Set<String> of(String name) {
        Set<String> typos = new LinkedHashSet<>();
        for (int at = 0; at < name.length(); at++) {
            String before = name.substring(0, at);
            String after = name.substring(at + 1);
            char letter = name.charAt(at);
            typos.add(before + after);
            typos.add(before + letter + letter + after);
            typos.add(before + (letter == 'x' ? 'y' : 'x') + after);
            if (!after.isEmpty()) {
                typos.add(before + after.charAt(0) + letter + after.substring(1));
            }
        }
        typos.add(name.replace('-', '_'));
        typos.add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
        typos.remove(name);
        typos.remove("");
        return typos;
    }
}
