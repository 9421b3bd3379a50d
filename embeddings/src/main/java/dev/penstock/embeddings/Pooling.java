package dev.penstock.embeddings;

import java.nio.FloatBuffer;

/** How the vectors of a text's tokens become one vector. */
enum Pooling {
    /** The mean of all tokens. */
    MEAN {
        @Override
        void pool(TokenVectors tokens, float[] into, int at) {
            for (int token = 0; token < tokens.count(); token++) {
                float[] vector = tokens.read(token);
                for (int i = 0; i < vector.length; i++) {
                    into[at + i] += vector[i];
                }
            }
            float scale = 1.0f / tokens.count();
            for (int i = 0; i < tokens.dimensions(); i++) {
                into[at + i] *= scale;
            }
        }
    },
    /** The first token. */
    CLS {
        @Override
        void pool(TokenVectors tokens, float[] into, int at) {
            System.arraycopy(tokens.read(0), 0, into, at, tokens.dimensions());
        }
    },
    /** The greatest value of all tokens, element by element. */
    MAX {
        @Override
        void pool(TokenVectors tokens, float[] into, int at) {
            System.arraycopy(tokens.read(0), 0, into, at, tokens.dimensions());
            for (int token = 1; token < tokens.count(); token++) {
                float[] vector = tokens.read(token);
                for (int i = 0; i < vector.length; i++) {
                    into[at + i] = Math.max(into[at + i], vector[i]);
                }
            }
        }
    },
    /** The last token. */
    LAST {
        @Override
        void pool(TokenVectors tokens, float[] into, int at) {
            System.arraycopy(tokens.read(tokens.count() - 1), 0, into, at, tokens.dimensions());
        }
    };

    /** Writes one vector to {@code into}, from {@code at} on, where there are zeros now. */
    abstract void pool(TokenVectors tokens, float[] into, int at);

    /** The vectors of the tokens of one text, in the output of the model. */
    static final class TokenVectors {
        private final FloatBuffer output;
        private final float[] vector;
        private int start;
        private int count;

        TokenVectors(FloatBuffer output, int dimensions) {
            this.output = output;
            this.vector = new float[dimensions];
        }

        /** Moves to the text whose vectors are {@code tokens} many from vector {@code first} on. */
        TokenVectors at(int first, int tokens) {
            start = first;
            count = tokens;
            return this;
        }

        int count() {
            return count;
        }

        int dimensions() {
            return vector.length;
        }

        /** The vector of {@code token}, valid until the next call. */
        float[] read(int token) {
            output.get((start + token) * vector.length, vector);
            return vector;
        }
    }
}
