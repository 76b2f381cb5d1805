package dev.smartdispatcher.operator.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonEscaperTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 500, seed = "20260101")
    void saysTheSameInAsciiWhereverTheStreamIsCut(@ForAll String text, @ForAll @IntRange(min = 1, max = 7) int cut)
            throws IOException {
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
    }

    @Test
    void asciiIsPassedOnAsItIs() {
        var part = ByteBuffer.wrap("{\"a\": 1}\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new JsonEscaper().escape(part)).isSameAs(part);
    }
}
