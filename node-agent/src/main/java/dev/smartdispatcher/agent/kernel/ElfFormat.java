package dev.smartdispatcher.agent.kernel;

import dev.smartdispatcher.arch.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How an architecture's programs say what they are, in the header of their files. Source: elf(5) and the EM_ constants of
 * elf.h.
 *
 * @param bits 32 or 64
 * @param order of the bytes in the header
 * @param machine e_machine
 * @param flags e_flags that the kernel looks at: the EABI's version on ARM, the ABI's on POWER
 */
public record ElfFormat(int bits, ByteOrder order, int machine, int flags) {
    /** e_type of a program at a fixed address. */
    public static final short EXECUTABLE = 2;
    /** e_type of a program that can be loaded anywhere, the usual kind today. */
    public static final short POSITION_INDEPENDENT = 3;
    /** Length of {@link #identity}. */
    public static final int IDENTITY_BYTES = 20;

    public static ElfFormat of(Architecture architecture) {
        return switch (architecture) {
            case x86_64 -> new ElfFormat(64, ByteOrder.LITTLE_ENDIAN, 62, 0);
            case i586 -> new ElfFormat(32, ByteOrder.LITTLE_ENDIAN, 3, 0);
            case aarch64 -> new ElfFormat(64, ByteOrder.LITTLE_ENDIAN, 183, 0);
            case armv7l, armv6l -> new ElfFormat(32, ByteOrder.LITTLE_ENDIAN, 40, 0x05000000);
            case ppc64le -> new ElfFormat(64, ByteOrder.LITTLE_ENDIAN, 21, 2);
            case ppc64 -> new ElfFormat(64, ByteOrder.BIG_ENDIAN, 21, 2);
            case s390x -> new ElfFormat(64, ByteOrder.BIG_ENDIAN, 22, 0);
            case riscv64 -> new ElfFormat(64, ByteOrder.LITTLE_ENDIAN, 243, 0);
            case loongarch64 -> new ElfFormat(64, ByteOrder.LITTLE_ENDIAN, 258, 0);
        };
    }

    /** The start of a program's file up to e_machine: all that a binfmt handler looks at. */
    public byte[] identity(short type) {
        ByteBuffer header = ByteBuffer.allocate(IDENTITY_BYTES).order(order);
        header.put(new byte[] {0x7f, 'E', 'L', 'F'});
        header.put((byte) (bits / 32)).put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2));
        header.put((byte) 1); // the format's version; the system and its padding stay 0
        header.position(16);
        header.putShort(type).putShort((short) machine);
        return header.array();
    }
}
