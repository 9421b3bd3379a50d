package dev.penstock.benchmarks;

/** The job of {@link EngineBenchmark} as a loop over the same columns, written by hand; hands its columns to nobody. */
final class EngineHandLoop {
    private static final int BATCH = 4096;

    private long kept;
    private double sum;

    private EngineHandLoop() {}

    public static void main(String[] arguments) {
        long rows = Long.parseLong(arguments[0]);
        new EngineHandLoop().execute(rows / 20);
        EngineHandLoop loop = new EngineHandLoop();
        Measured measured = Measured.start();
        loop.execute(rows);
        measured.print(rows);
        System.out.println(loop.kept + " rows kept, " + loop.sum);
    }

    private void execute(long rows) {
        for (long first = 0; first < rows; first += BATCH) {
            batch(first, (int) Math.min(BATCH, rows - first));
        }
    }

    private void batch(long first, int size) {
        long[] ids = new long[size];
        double[] values = new double[size];
        double[] totals = new double[size];
        for (int i = 0; i < size; i++) {
            ids[i] = first + i;
            values[i] = EngineBenchmark.value(first + i);
        }
        int count = 0;
        for (int i = 0; i < size; i++) {
            double total = values[i] * 1.5 + ids[i];
            ids[count] = ids[i];
            values[count] = values[i];
            totals[count] = total;
            count += total > EngineBenchmark.THRESHOLD ? 1 : 0;
        }
        kept += count;
        sum += count == 0 ? 0 : totals[count - 1];
    }
}
