package dev.smartdispatcher.operator.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns a stream of JSON in UTF-8 into the same JSON in ASCII. JSON has other characters in strings only, where each may be
 * written as an escape. One for each stream; not thread-safe.
 */
final class JsonEscaper {
    private static final int ASCII_END = 0x80;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    /** The beginning of a character whose end is still to come. */
    private byte[] rest = {};

    /** The next part of the stream; what it ends with in the middle of a character comes with the next one. */
    ByteBuffer escape(ByteBuffer part) {
        if (rest.length == 0 && isAscii(part)) {
            return part;
        }
        var bytes = ByteBuffer.allocate(rest.length + part.remaining())
                .put(rest)
                .put(part)
                .flip();
        var chars = CharBuffer.allocate(bytes.remaining());
        decoder.decode(bytes, chars, false);
        rest = new byte[bytes.remaining()];
        bytes.get(rest);
        var ascii = new StringBuilder(chars.position());
        chars.flip().chars().forEach(c -> append(ascii, (char) c));
        return StandardCharsets.US_ASCII.encode(CharBuffer.wrap(ascii));
    }

    private static void append(StringBuilder ascii, char c) {
        if (c < ASCII_END) {
            ascii.append(c);
        } else {
            ascii.append(String.format("\\u%04x", (int) c));
        }
    }

    private static boolean isAscii(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
