package dev.smartdispatcher.operator.client.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;

/**
 * Reads only quantities that cost nothing to compare: Fabric8 keeps the text, and computes with it when it is asked whether two
 * objects are equal.
 */
final class QuantityReader extends StdDeserializer<Quantity> {
    private static final long serialVersionUID = 1L;

    QuantityReader() {
        super(Quantity.class);
    }

    @Override
    public Quantity deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING
                && token != JsonToken.VALUE_NUMBER_INT
                && token != JsonToken.VALUE_NUMBER_FLOAT) {
            return (Quantity) context.handleUnexpectedToken(Quantity.class, parser);
        }
        var text = parser.getText();
        if (!Quantities.isInForm(text)) {
            return (Quantity) context.handleWeirdStringValue(Quantity.class, text, "no quantity");
        }
        return new Quantity(text);
    }
}
