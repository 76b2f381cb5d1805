package dev.smartdispatcher.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints objects. As YAML, each is a document that begins with its origin and remarks as comments; as JSON, several are one
 * List, and the remarks are left to standard error.
 */
public final class ManifestPrinter {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private final PrintWriter out;

    /** A printer to {@code out}, which it does not close. */
    public ManifestPrinter(PrintWriter out) {
        this.out = out;
    }

    /** Prints the objects in this order. */
    public void print(List<Manifest> manifests, Format format) {
        try {
            if (format == Format.json) {
                out.println(Serialization.jsonMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(together(manifests)));
            } else {
                for (var manifest : manifests) {
                    printDocument(manifest, manifests.size() > 1);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
        out.flush();
    }

    private void printDocument(Manifest manifest, boolean oneOfSeveral) throws JsonProcessingException {
        if (oneOfSeveral) {
            out.println("---");
        }
        out.println("# " + onOneLine(manifest.origin()));
        manifest.remarks().forEach(remark -> out.println("# " + onOneLine(remark.sentence())));
        out.print(YAML.writeValueAsString(manifest.object()));
    }

    private static JsonNode together(List<Manifest> manifests) {
        if (manifests.size() == 1) {
            return manifests.get(0).object();
        }
        ObjectNode list = Serialization.jsonMapper().createObjectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        var items = list.putArray("items");
        manifests.forEach(manifest -> items.add(manifest.object()));
        return list;
    }

    /** Text of the input cannot end the comment. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+|[\\u0085\\u2028\\u2029]+", " ");
    }
}
