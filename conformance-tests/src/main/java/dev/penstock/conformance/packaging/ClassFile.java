package dev.penstock.conformance.packaging;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the head of a class file tells.
 *
 * @param name of the class, with dots
 * @param major the version of the format; 61 is Java 17
 * @param references the classes that it uses, with dots; enclosing classes only if their members are used
 */
public record ClassFile(String name, int major, Set<String> references) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<>:]+);");

    /**
     * Reads one.
     *
     * @throws IOException if it is none
     */
    public static ClassFile read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no class file");
        }
        in.readUnsignedShort();
        int major = in.readUnsignedShort();
        Pool pool = Pool.read(in);
        in.readUnsignedShort();
        String name = pool.className(in.readUnsignedShort());
        return new ClassFile(name, major, pool.references(name));
    }

    /** The constants of a class. */
    private static final class Pool {
        private final Map<Integer, String> texts = new HashMap<>();
        private final Map<Integer, Integer> classes = new HashMap<>();
        private final Set<Integer> owners = new TreeSet<>();
        private final Set<Integer> descriptors = new TreeSet<>();

        static Pool read(DataInputStream in) throws IOException {
            Pool pool = new Pool();
            int count = in.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                index += pool.readConstant(index, in);
            }
            return pool;
        }

        /** Gives how many further indexes the constant takes. */
        private int readConstant(int index, DataInputStream in) throws IOException {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 7 -> classes.put(index, in.readUnsignedShort());
                case 9, 10, 11 -> {
                    owners.add(in.readUnsignedShort());
                    in.readUnsignedShort();
                }
                case 12 -> {
                    in.readUnsignedShort();
                    descriptors.add(in.readUnsignedShort());
                }
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 3, 4, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> in.skipNBytes(8);
                default -> throw new IOException("it has a constant of the unknown kind " + tag);
            }
            return tag == 5 || tag == 6 ? 1 : 0;
        }

        String className(int index) {
            return text(classes.getOrDefault(index, 0)).replace('/', '.');
        }

        private String text(int index) {
            return texts.getOrDefault(index, "");
        }

        Set<String> references(String self) {
            Set<String> names = new TreeSet<>();
            classes.keySet().stream()
                    .filter(index -> owners.contains(index) || !self.startsWith(className(index) + "$"))
                    .forEach(index -> addClass(className(index), names));
            descriptors.forEach(index -> addDescriptor(text(index), names));
            names.remove(self);
            return names;
        }

        private static void addClass(String name, Set<String> names) {
            if (name.startsWith("[")) {
                addDescriptor(name, names);
            } else {
                names.add(name);
            }
        }

        private static void addDescriptor(String descriptor, Set<String> names) {
            Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
            while (matcher.find()) {
                names.add(matcher.group(1).replace('/', '.'));
            }
        }
    }
}
