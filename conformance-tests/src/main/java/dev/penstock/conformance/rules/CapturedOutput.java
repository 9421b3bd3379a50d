package dev.penstock.conformance.rules;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that this process writes to its output, its error output and the JDK's log while this is open. */
final class CapturedOutput implements AutoCloseable {
    private static final Set<CapturedOutput> OPEN = ConcurrentHashMap.newKeySet();
    private static final Object LOCK = new Object();
    private static PrintStream out = System.out;
    private static PrintStream err = System.err;

    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
    private final Handler log = new Log(this);

    private CapturedOutput() {}

    static CapturedOutput start() {
        CapturedOutput capture = new CapturedOutput();
        synchronized (LOCK) {
            if (OPEN.isEmpty()) {
                out = System.out;
                err = System.err;
                System.setOut(new PrintStream(new Tee(out), true, StandardCharsets.UTF_8));
                System.setErr(new PrintStream(new Tee(err), true, StandardCharsets.UTF_8));
            }
            OPEN.add(capture);
        }
        Logger.getLogger("").addHandler(capture.log);
        return capture;
    }

    String text() {
        return captured.toString(StandardCharsets.UTF_8);
    }

    private void add(byte[] bytes, int offset, int length) {
        captured.write(bytes, offset, length);
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(log);
        synchronized (LOCK) {
            OPEN.remove(this);
            if (OPEN.isEmpty()) {
                System.setOut(out);
                System.setErr(err);
            }
        }
    }

    /** Writes to where it would have gone, and to whoever captures. */
    private static final class Tee extends OutputStream {
        private final PrintStream target;

        Tee(PrintStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            target.write(bytes, offset, length);
            OPEN.forEach(capture -> capture.add(bytes, offset, length));
        }

        @Override
        public void flush() {
            target.flush();
        }
    }

    /** The JDK's log. */
    private static final class Log extends Handler {
        private final CapturedOutput capture;

        Log(CapturedOutput capture) {
            this.capture = capture;
            setFormatter(new SimpleFormatter());
        }

        @Override
        public void publish(LogRecord line) {
            byte[] bytes = getFormatter().format(line).getBytes(StandardCharsets.UTF_8);
            capture.add(bytes, 0, bytes.length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
