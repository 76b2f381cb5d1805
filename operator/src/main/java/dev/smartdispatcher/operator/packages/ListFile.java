package dev.smartdispatcher.operator.packages;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A file of a plan: text, or text that is compressed by gzip because it is long. */
public final class ListFile {
    /** Longer files are compressed, in bytes: an object should be small for all who watch it, and most lists are. */
    static final int LONG = 32 << 10;

    /** What the name of a compressed file ends with. */
    static final String SUFFIX = ".gz";

    private final byte[] stored;
    private final boolean compressed;

    private ListFile(byte[] stored, boolean compressed) {
        this.stored = stored;
        this.compressed = compressed;
    }

    static ListFile of(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > LONG ? new ListFile(zip(bytes), true) : new ListFile(bytes, false);
    }

    /** Whether it is compressed. */
    public boolean compressed() {
        return compressed;
    }

    /** Its size as it is stored, in bytes. */
    int size() {
        return stored.length;
    }

    /** Its bytes as they are stored. */
    public byte[] stored() {
        return stored.clone();
    }

    /** Its text. */
    public String text() {
        if (!compressed) {
            return new String(stored, StandardCharsets.UTF_8);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListFile that && compressed == that.compressed && Arrays.equals(stored, that.stored);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stored);
    }
}
