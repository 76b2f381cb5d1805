package dev.smartdispatcher.cli.input;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML into elements. A document type declaration is refused, and with it every entity that is not one of the five of XML:
 * no file or address is ever opened, and no text grows.
 */
public final class XmlReader {
    /** Elements within elements; constraints have at most five levels. */
    private static final int MOST_LEVELS = 64;

    private static final XMLInputFactory FACTORY = factory();

    /** How the JDK's parser begins its messages, which repeat the location. */
    private static final Pattern PREFIX = Pattern.compile("(?s)^ParseError at .*?\\nMessage: ");

    private final SourceFile source;

    private XmlReader(SourceFile source) {
        this.source = source;
    }

    /** The document's element; an {@link InputException} says where the document is not well-formed or what is refused. */
    public static XmlElement read(SourceFile source) {
        try {
            return new XmlReader(source).document();
        } catch (XMLStreamException e) {
            throw at(
                    source,
                    e.getLocation(),
                    PREFIX.matcher(String.valueOf(e.getMessage()))
                            .replaceFirst("")
                            .strip());
        }
    }

    private XmlElement document() throws XMLStreamException {
        var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(source.content()));
        try {
            XmlElement root = null;
            while (reader.hasNext()) {
                var event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw at(source, reader.getLocation(), "a document type declaration is refused");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    root = element(reader, 1);
                }
            }
            return root;
        } finally {
            reader.close();
        }
    }

    private XmlElement element(XMLStreamReader reader, int level) throws XMLStreamException {
        if (level > MOST_LEVELS) {
            throw at(source, reader.getLocation(), "elements are nested more than " + MOST_LEVELS + " levels deep");
        }
        var name = reader.getLocalName();
        int line = reader.getLocation().getLineNumber();
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        var text = new StringBuilder();
        var children = new ArrayList<XmlElement>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, level + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(name, attributes, text.toString().strip(), List.copyOf(children), line);
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw at(source, reader.getLocation(), "entity '" + reader.getLocalName() + "' is refused");
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
    }

    private static InputException at(SourceFile source, Location location, String message) {
        return InputException.at(source.name(), location.getLineNumber(), location.getColumnNumber(), message);
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
