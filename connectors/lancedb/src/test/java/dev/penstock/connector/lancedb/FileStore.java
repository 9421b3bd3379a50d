package dev.penstock.connector.lancedb;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps what survives in a file. */
record FileStore(Path file) implements EpochLoop.Store {
    @Override
    public EpochLoop.State load() {
        if (!Files.exists(file)) {
            return EpochLoop.State.FIRST;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            long sealed = in.readLong();
            int incarnations = in.readInt();
            List<Prepared> pending = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                EpochId epoch = new EpochId(in.readUTF(), in.readLong());
                int writer = in.readInt();
                ResumeState handle = new ResumeState(in.readInt(), in.readNBytes(in.readInt()));
                pending.add(new Prepared(epoch, writer, handle, in.readLong(), in.readLong()));
            }
            return new EpochLoop.State(sealed, pending, incarnations);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(EpochLoop.State state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(state.sealed());
            out.writeInt(state.incarnations());
            out.writeInt(state.pending().size());
            for (Prepared prepared : state.pending()) {
                out.writeUTF(prepared.epoch().runId());
                out.writeLong(prepared.epoch().epoch());
                out.writeInt(prepared.writer());
                out.writeInt(prepared.handle().version());
                out.writeInt(prepared.handle().size());
                out.write(prepared.handle().bytes());
                out.writeLong(prepared.rows());
                out.writeLong(prepared.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new LocalFiles().write(file.toString(), bytes.toByteArray());
    }
}
