package dev.penstock.engine.embedded.keyed;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries one after the other, in pieces of which only the first is ever copied: a list of a million grows without a
 * pause and without garbage. Not thread safe.
 */
final class EntryList<S> {
    private static final int PIECE_BITS = 12;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int FIRST_PIECE = 4;

    private @Nullable KeyEntry<S>[][] pieces = newPieces(1);
    private int size;

    int size() {
        return size;
    }

    void add(KeyEntry<S> entry) {
        int piece = size >>> PIECE_BITS;
        int at = size & PIECE - 1;
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * piece);
        }
        if (pieces[piece] == null) {
            pieces[piece] = newPiece(piece == 0 ? FIRST_PIECE : PIECE);
        } else if (at == pieces[piece].length) {
            pieces[piece] = Arrays.copyOf(pieces[piece], Math.min(PIECE, 4 * at));
        }
        pieces[piece][at] = entry;
        size++;
    }

    KeyEntry<S> get(int index) {
        KeyEntry<S> entry = pieces[index >>> PIECE_BITS][index & PIECE - 1];
        if (entry == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return entry;
    }

    /** Empties the place at {@code index}; the others keep theirs. */
    void clear(int index) {
        pieces[index >>> PIECE_BITS][index & PIECE - 1] = null;
    }

    /** Hands over all entries, passing over places that are empty. */
    void forEach(Consumer<KeyEntry<S>> taker) {
        for (int i = 0; i < size; i++) {
            KeyEntry<S> entry = pieces[i >>> PIECE_BITS][i & PIECE - 1];
            if (entry != null) {
                taker.accept(entry);
            }
        }
    }

    void removeLast() {
        size--;
        pieces[size >>> PIECE_BITS][size & PIECE - 1] = null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> @Nullable KeyEntry<S>[][] newPieces(int count) {
        return new KeyEntry[count][];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> @Nullable KeyEntry<S>[] newPiece(int count) {
        return new KeyEntry[count];
    }
}
