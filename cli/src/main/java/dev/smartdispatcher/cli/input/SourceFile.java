package dev.smartdispatcher.cli.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a user named, read whole.
 *
 * @param name as the user wrote it, for messages
 * @param content its bytes, at most {@link #MOST_BYTES}
 */
public record SourceFile(String name, byte[] content) {
    /** A hundred times the largest constraints file and five times the largest project config of openSUSE. */
    public static final int MOST_BYTES = 1 << 20;

    /** Reads the file; an {@link InputException} says why it cannot be read, or that it is too large. */
    public static SourceFile read(Path path) {
        try (var stream = Files.newInputStream(path)) {
            var content = stream.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw InputException.of(path.toString(), "is larger than " + MOST_BYTES + " bytes");
            }
            return new SourceFile(path.toString(), content);
        } catch (IOException e) {
            throw InputException.unreadable(path.toString(), e);
        }
    }

    /** The content as UTF-8, or an {@link InputException}. */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw InputException.of(name, "is not UTF-8 text");
        }
    }
}
