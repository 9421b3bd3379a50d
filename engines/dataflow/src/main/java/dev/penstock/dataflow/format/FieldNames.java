package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Recognises the names of the fields of objects, by guessing that they come in the order of the object before. */
final class FieldNames {
    private final byte[][] quotedNames;
    private final Map<String, Integer> indexes = new HashMap<>();
    /** The first is what came first last time, the others what came after each field. */
    private final int[] guesses;

    FieldNames(List<String> names) {
        this.quotedNames = new byte[names.size()][];
        this.guesses = new int[names.size() + 1];
        for (int i = 0; i < quotedNames.length; i++) {
            quotedNames[i] = ("\"" + names.get(i) + "\"").getBytes(UTF_8);
            indexes.put(names.get(i), i);
            guesses[i] = i;
        }
        guesses[quotedNames.length] = -1;
    }

    /**
     * Takes the name that is next; gives its number, or -1 if it is none of ours, which is the last string of
     * {@code in} then.
     *
     * @param previous what the one before gave, -1 at the beginning
     */
    int read(JsonScanner in, int previous) {
        int guess = guesses[previous + 1];
        if (guess >= 0 && in.acceptExactly(quotedNames[guess])) {
            return guess;
        }
        in.readString();
        Integer field = indexes.get(in.lastString());
        if (field == null) {
            return -1;
        }
        guesses[previous + 1] = field;
        return field;
    }
}
