package dev.smartdispatcher.e2e.chaos.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A history as a compressed file, in which it is kept as evidence: an entry a line. */
public final class HistoryFile {
    private HistoryFile() {}

    /** Writes entries in the order in which they are given. Safe for use by several threads. To be closed. */
    public static final class Writer implements AutoCloseable {
        private final BufferedWriter out;

        public Writer(Path file) throws IOException {
            Files.createDirectories(file.toAbsolutePath().getParent());
            out = new BufferedWriter(
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
        }

        public synchronized void write(Entry entry) {
            try {
                out.write(Lines.write(entry));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("the history cannot be written", e);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            out.close();
        }
    }

    /** Reads all entries in order, one at a time: a history may be larger than the memory. */
    public static void read(Path file, Consumer<Entry> reader) throws IOException {
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                reader.accept(Lines.read(line));
            }
        } catch (EOFException e) {
            throw new IOException(file + " ends in the midst of an entry: its run was killed", e);
        }
    }
}
