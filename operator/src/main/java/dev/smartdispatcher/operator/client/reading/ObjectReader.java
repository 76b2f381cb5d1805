package dev.smartdispatcher.operator.client.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an object of one kind as ever, and where that fails once more without what cannot be read: that is left out, or the item
 * of a list that it is in, and the object is marked by {@link Unreadable}. Where too much cannot be read, all but the metadata
 * is left out.
 */
final class ObjectReader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** Each costs another reading of the object. */
    private static final int MOST_LEFT_OUT = 16;

    ObjectReader(JsonDeserializer<?> ordinary) {
        super(ordinary);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> ordinary) {
        return new ObjectReader(ordinary);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return super.deserialize(parser, context);
        }
        var copy = context.bufferAsCopyOfValue(parser);
        try {
            return unmarked(ordinary(copy, context));
        } catch (JsonMappingException e) {
            return withoutWhatCannotBeRead(copy, e, context);
        }
    }

    private Object withoutWhatCannotBeRead(TokenBuffer copy, JsonMappingException first, DeserializationContext context)
            throws IOException {
        ObjectNode tree = context.readTree(copy.asParserOnFirstToken()).require();
        var problems = new ArrayList<String>();
        var failure = first;
        while (problems.size() < MOST_LEFT_OUT) {
            problems.add(Omission.of(tree, failure));
            try {
                return marked(ordinary(buffer(tree, context), context), problems);
            } catch (JsonMappingException next) {
                failure = next;
            }
        }
        problems.add("spec: is left out, since too much cannot be read");
        problems.add("status: is left out, since too much cannot be read");
        return marked(ordinary(buffer(tree.retain("apiVersion", "kind", "metadata"), context), context), problems);
    }

    private static TokenBuffer buffer(ObjectNode tree, DeserializationContext context) throws IOException {
        var parser = tree.traverse(context.getParser().getCodec());
        parser.nextToken();
        return context.bufferAsCopyOfValue(parser);
    }

    private Object ordinary(TokenBuffer buffer, DeserializationContext context) throws IOException {
        return super.deserialize(buffer.asParserOnFirstToken(), context);
    }

    /** Whoever writes the mark does not set it. */
    private static Object unmarked(Object object) {
        if (((HasMetadata) object).getMetadata() != null) {
            Unreadable.forget(((HasMetadata) object).getMetadata());
        }
        return object;
    }

    private static Object marked(Object object, List<String> problems) {
        Unreadable.mark((HasMetadata) object, problems);
        UnreadableLog.tell((HasMetadata) object, problems);
        return object;
    }
}
