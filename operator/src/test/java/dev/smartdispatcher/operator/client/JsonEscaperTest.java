package dev.smartdispatcher.operator.client;

import static dev.smartdispatcher.operator.testing.Draw.between;
import static dev.smartdispatcher.operator.testing.Draw.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.operator.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEscaperTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void saysTheSameInAsciiWhereverTheStreamIsCut() {
        Seeds.check(500, random -> {
            var text = text(random);
            var cut = between(random, 1, 7);
            var json = JSON.writeValueAsBytes(Map.of("text", text));
            var escaper = new JsonEscaper();
            var ascii = new StringBuilder();
            for (int from = 0; from < json.length; from += cut) {
                var part = escaper.escape(ByteBuffer.wrap(json, from, Math.min(cut, json.length - from)));
                ascii.append(StandardCharsets.ISO_8859_1.decode(part));
            }
            assertThat(ascii.chars()).allMatch(c -> c < 0x80);
            // What is no text in UTF-8, as half a surrogate pair, has become a question mark on the way already.
            assertThat(JSON.readTree(ascii.toString())).isEqualTo(JSON.readTree(json));
        });
    }

    @Test
    void asciiIsPassedOnAsItIs() {
        var part = ByteBuffer.wrap("{\"a\": 1}\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new JsonEscaper().escape(part)).isSameAs(part);
    }
}
