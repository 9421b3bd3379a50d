package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.SplittableRandom;

/**
 * What vectors are like.
 *
 * @param name of the model
 * @param dimensions the elements of a vector
 * @param seed what the vectors of words are made from
 * @param digest of the file
 */
record WordVectorsModel(String name, int dimensions, long seed, String digest) {
    static WordVectorsModel read(WordVectorsSettings settings) {
        Path file = settings.model();
        try {
            byte[] bytes = Files.readAllBytes(file);
            Properties properties = new Properties();
            try (Reader reader = new StringReader(new String(bytes, StandardCharsets.UTF_8))) {
                properties.load(reader);
            }
            return new WordVectorsModel(
                    properties.getProperty("name", ""),
                    Integer.parseInt(properties.getProperty("dimensions", "")),
                    Long.parseLong(properties.getProperty("seed", "")),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (IOException e) {
            throw broken(Problem.Code.NOT_FOUND, file, "it cannot be read (" + e + ")");
        } catch (NumberFormatException e) {
            throw broken(Problem.Code.INVALID, file, "dimensions and seed are no numbers");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConfigException broken(Problem.Code code, Path file, String why) {
        return new ConfigException(
                WordVectorsSettings.MODEL.name(),
                code,
                "Cannot use model '" + file + "': " + why,
                "name a file with name, dimensions and seed");
    }

    /** Adds the vector of {@code word} to {@code sum}. */
    void add(String word, double[] sum) {
        SplittableRandom random = new SplittableRandom(seed ^ word.hashCode());
        for (int i = 0; i < dimensions; i++) {
            sum[i] += random.nextDouble() - 0.5;
        }
    }
}
