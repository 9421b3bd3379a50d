package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Objects on S3. What S3 has acknowledged is durable. */
final class S3Files implements TableFiles {
    private static final byte[] NOTHING = {};

    private final S3Client client;

    S3Files(Map<String, String> options) {
        this.client = new S3Client(options);
    }

    private static S3Client.Place place(String uri) {
        return S3Client.Place.of(uri);
    }

    @Override
    public List<String> list(String directory) {
        String prefix = place(directory).key() + "/";
        return keys(directory, Map.of("delimiter", "/")).stream()
                .map(key -> key.substring(prefix.length()))
                .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    /** The keys below {@code directory}; with a delimiter only the next level, directories with a slash at the end. */
    private List<String> keys(String directory, Map<String, String> more) {
        S3Client.Place place = place(directory);
        Map<String, String> query = new HashMap<>(more);
        query.put("list-type", "2");
        query.put("prefix", place.key() + "/");
        List<String> keys = new ArrayList<>();
        Optional<String> next;
        do {
            Optional<byte[]> answer =
                    client.send("GET", new S3Client.Place(place.bucket(), ""), query, Map.of(), NOTHING);
            if (answer.isEmpty()) {
                throw new FatalException(
                        "Cannot list '" + directory + "': there is no bucket '" + place.bucket() + "'; create it");
            }
            Document page = parse(answer.get(), directory);
            keys.addAll(texts(page, "Contents", "Key"));
            keys.addAll(texts(page, "CommonPrefixes", "Prefix"));
            next = texts(page, "ListBucketResult", "NextContinuationToken").stream()
                    .findFirst();
            next.ifPresent(token -> query.put("continuation-token", token));
        } while (next.isPresent());
        return keys;
    }

    private static Document parse(byte[] xml, String what) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw LanceErrors.wrap("understand what S3 lists in '" + what + "'", e);
        }
    }

    private static List<String> texts(Document document, String parent, String name) {
        List<String> texts = new ArrayList<>();
        NodeList found = document.getElementsByTagName(name);
        for (int i = 0; i < found.getLength(); i++) {
            if (found.item(i).getParentNode().getNodeName().equals(parent)
                    && !found.item(i).getTextContent().isEmpty()) {
                texts.add(found.item(i).getTextContent());
            }
        }
        return texts;
    }

    @Override
    public boolean exists(String file) {
        return client.send("HEAD", place(file), Map.of(), Map.of(), NOTHING).isPresent();
    }

    @Override
    public Optional<byte[]> read(String file) {
        return client.send("GET", place(file), Map.of(), Map.of(), NOTHING);
    }

    @Override
    public void write(String file, byte[] content) {
        found(file, client.send("PUT", place(file), Map.of(), Map.of(), content));
    }

    @Override
    public void makeDurable(String directory) {}

    @Override
    public void move(String from, String to) {
        S3Client.Place source = place(from);
        Map<String, String> copy =
                Map.of("x-amz-copy-source", "/" + source.bucket() + "/" + S3Signature.encodePath(source.key()));
        found(from, client.send("PUT", place(to), Map.of(), copy, NOTHING));
        client.send("DELETE", source, Map.of(), Map.of(), NOTHING);
    }

    private static void found(String what, Optional<byte[]> answer) {
        if (answer.isEmpty()) {
            throw LanceErrors.wrap("write '" + what + "'", new IOException("the bucket or the object does not exist"));
        }
    }

    @Override
    public void delete(String path) {
        S3Client.Place place = place(path);
        for (String key : keys(path, Map.of())) {
            client.send("DELETE", new S3Client.Place(place.bucket(), key), Map.of(), Map.of(), NOTHING);
        }
        client.send("DELETE", place, Map.of(), Map.of(), NOTHING);
    }
}
