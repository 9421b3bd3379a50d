package dev.penstock.connector.s3;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An object all of whose parts are sent, and that nobody sees yet.
 *
 * @param token what the object carries besides its bytes, to be known by
 * @param etags of the parts, in order
 */
record StagedObject(String key, String uploadId, String token, long bytes, List<String> etags) {
    private static final int VERSION = 1;

    StagedObject {
        etags = List.copyOf(etags);
    }

    static ResumeState encode(List<StagedObject> objects) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(objects.size());
            for (StagedObject object : objects) {
                out.writeUTF(object.key);
                out.writeUTF(object.uploadId);
                out.writeUTF(object.token);
                out.writeLong(object.bytes);
                out.writeInt(object.etags.size());
                for (String etag : object.etags) {
                    out.writeUTF(etag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    /** @throws StateVersionException if it is of a later release */
    static List<StagedObject> decode(ResumeState handle) {
        if (handle.version() != VERSION) {
            throw new StateVersionException("prepared objects", handle.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(handle.bytes()))) {
            int count = in.readInt();
            List<StagedObject> objects = new ArrayList<>();
            for (int object = 0; object < count; object++) {
                objects.add(new StagedObject(in.readUTF(), in.readUTF(), in.readUTF(), in.readLong(), etags(in)));
            }
            return objects;
        } catch (IOException e) {
            throw new StateVersionException("prepared objects", e);
        }
    }

    private static List<String> etags(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> etags = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            etags.add(in.readUTF());
        }
        return etags;
    }
}
