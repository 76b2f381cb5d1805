package dev.smartdispatcher.agent.speed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.zip.Deflater;

/**
 * Fixed work of the kinds that builds are made of, in units of about a millisecond. The input is the same everywhere.
 *
 * <p>The reference, speed 100, is one thread of a virtual machine on an AMD EPYC of family 26 (Zen 5), with OpenJDK 17.0.15: the
 * least CPU time of a unit in runs of this benchmark, with nothing else to do.
 */
enum Work {
    /** zlib, as in gzip, git and most packages. */
    COMPRESSION(1_020_000, Compression::new),
    /** SHA-256, as in packages, git and caches; by the processor's instructions for it, if it has some. */
    HASHING(470_000, Hashing::new),
    /** Unpredictable branches and memory accesses, as in compilers. */
    SORTING(578_000, Sorting::new);

    private final long referenceNanos;
    private final Supplier<IntSupplier> task;

    Work(long referenceNanos, Supplier<IntSupplier> task) {
        this.referenceNanos = referenceNanos;
        this.task = task;
    }

    /** CPU time of a unit on the reference, in nanoseconds. */
    long referenceNanos() {
        return referenceNanos;
    }

    /** A unit of it, to be run again and again by one thread; returns something of the result, so that none is left out. */
    IntSupplier task() {
        return task.get();
    }

    private static final class Compression implements IntSupplier {
        private static final int BYTES = 32 << 10;
        private static final byte[] TEXT = text();

        private final byte[] out = new byte[BYTES];

        private static byte[] text() {
            String[] words = {
                "static", "int", "return", "if (", ") {\n", "}\n", "->next", " = ", "NULL", ";\n", "struct "
            };
            SplittableRandom random = new SplittableRandom(1);
            StringBuilder text = new StringBuilder();
            while (text.length() < BYTES) {
                text.append(words[random.nextInt(words.length)]).append(Integer.toString(random.nextInt(1 << 12), 36));
            }
            return text.substring(0, BYTES).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int getAsInt() {
            Deflater deflater = new Deflater();
            try {
                deflater.setInput(TEXT);
                deflater.finish();
                return deflater.deflate(out);
            } finally {
                deflater.end();
            }
        }
    }

    private static final class Hashing implements IntSupplier {
        private static final int REPEATS = 32;
        private final MessageDigest digest = sha256();

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        public int getAsInt() {
            for (int i = 0; i < REPEATS; i++) {
                digest.update(Compression.TEXT);
            }
            return digest.digest()[0];
        }
    }

    private static final class Sorting implements IntSupplier {
        private static final int NUMBERS = 16 << 10;
        private static final int[] UNSORTED =
                new SplittableRandom(2).ints(NUMBERS).toArray();

        private final int[] numbers = new int[NUMBERS];

        @Override
        public int getAsInt() {
            System.arraycopy(UNSORTED, 0, numbers, 0, NUMBERS);
            Arrays.sort(numbers);
            return numbers[0];
        }
    }
}
