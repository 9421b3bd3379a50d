package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts to vectors: the embed transform beside the bare runtime on tensors made before the clock runs, and beside the
 * model runner of langchain4j.
 *
 * @param model a model pack
 * @param threads how many may compute
 */
record EmbedBenchmark(String model, int threads) implements Benchmark {
    private static final List<String> HEAP = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /** Where the tokenizer that langchain4j ships cuts texts off. */
    static final int MAX_TOKENS = 128;

    @Override
    public String name() {
        return "embed-" + (model.endsWith("-q") ? "quantised" : "fp32") + "-" + threads;
    }

    @Override
    public String unit() {
        return "texts/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        Path texts = EmbedData.make(workplace);
        int count = EmbedData.read(texts).size();
        return List.of(
                Contender.java(Contender.OURS, EmbedOurs.class, count, HEAP, texts, model, threads),
                Contender.java(Contender.CEILING, EmbedRaw.class, count, HEAP, texts, model, threads),
                Contender.java("langchain4j", EmbedLangchain.class, count, HEAP, texts, model, threads));
    }
}
