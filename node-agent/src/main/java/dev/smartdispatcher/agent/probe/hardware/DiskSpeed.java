package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.Random;

/**
 * How fast the disk below a directory is written to. Sources: {@code queue/rotational} of the block device, in the kernel's
 * documentation ABI/stable/sysfs-block; and a file that is written, synchronised and removed.
 *
 * @param mibPerSecond in order; empty if this user may not write there
 * @param spinning whether it has heads to move, as far as its driver knows
 */
public record DiskSpeed(OptionalInt mibPerSecond, boolean spinning) {
    private static final int MIB = 1 << 20;
    private static final int MOST_MIB = 128;
    private static final long MOST_NANOS = 2_000_000_000L;

    /** Virtual disks say that they are spinning if nobody told them; no disk with heads is faster than this. */
    private static final int FASTEST_SPINNING = 300;

    /** Writes for some two seconds at most, and 128 MiB. */
    public static DiskSpeed of(HostPaths paths, String buildPath) {
        Path directory = paths.nearestExisting(buildPath);
        OptionalInt measured = measure(directory);
        boolean slow = measured.isEmpty() || measured.getAsInt() < FASTEST_SPINNING;
        return new DiskSpeed(measured, slow && rotational(paths, directory));
    }

    private static OptionalInt measure(Path directory) {
        Path file = null;
        try {
            file = Files.createTempFile(directory, ".advise-", ".tmp");
            return OptionalInt.of(write(file));
        } catch (IOException | SecurityException e) {
            return OptionalInt.empty();
        } finally {
            remove(file);
        }
    }

    private static int write(Path file) throws IOException {
        // Not of zeros, which some file systems do not store.
        ByteBuffer block = ByteBuffer.allocateDirect(MIB);
        new Random(1).ints(MIB / Integer.BYTES).forEach(block::putInt);
        long begin = System.nanoTime();
        int written = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (written < MOST_MIB && System.nanoTime() - begin < MOST_NANOS) {
                block.rewind();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                written++;
            }
            channel.force(true);
        }
        return (int) Math.max(1, written * 1_000_000_000L / Math.max(1, System.nanoTime() - begin));
    }

    private static void remove(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    /** Of the whole disk, if the file system is on a part of one; false where nothing tells, as on a network file system. */
    private static boolean rotational(HostPaths paths, Path directory) {
        try {
            long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
            // As gnu_dev_major and gnu_dev_minor of the C library.
            long major = device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
            long minor = device & 0xff | device >>> 12 & ~0xffL;
            Path block = paths.path("/sys/dev/block/" + major + ":" + minor).toRealPath();
            Path disk = Files.exists(block.resolve("partition")) ? block.getParent() : block;
            return Files.readString(disk.resolve("queue/rotational")).strip().equals("1");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
