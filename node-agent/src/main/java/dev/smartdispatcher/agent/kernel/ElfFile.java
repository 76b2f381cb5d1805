package dev.smartdispatcher.agent.kernel;

import java.nio.ByteBuffer;

/**
 * The smallest file that a kernel runs: an ELF header, one program header, and what is loaded. The whole file becomes one
 * segment, readable and executable. Source of the layout: elf(5).
 */
final class ElfFile {
    /** Where the file is loaded: above every kernel's vm.mmap_min_addr, and a multiple of {@link #PAGE}. */
    private static final int BASE = 0x400000;

    /** The largest page size of any kernel here (aarch64, ppc64le): 64 KiB. */
    private static final int PAGE = 0x10000;

    private static final int LOAD = 1;
    private static final int READ_EXECUTE = 5;

    private final ElfFormat format;
    private final boolean wide;
    private final ByteBuffer file;

    private ElfFile(ElfFormat format, int length) {
        this.format = format;
        this.wide = format.bits() == 64;
        this.file = ByteBuffer.allocate(length).order(format.order());
    }

    /** A program that starts at the first byte of {@code code}; {@code data}, of 4 n bytes, is loaded before it. */
    static byte[] executable(ElfFormat format, byte[] data, byte[] code) {
        ElfFile elf = new ElfFile(format, headers(format) + data.length + code.length);
        elf.header(addressOfData(format) + data.length);
        elf.segment();
        return elf.file.put(data).put(code).array();
    }

    static int addressOfData(ElfFormat format) {
        return BASE + headers(format);
    }

    private static int headers(ElfFormat format) {
        return format.bits() == 64 ? 64 + 56 : 52 + 32;
    }

    private void header(int entry) {
        file.put(format.identity(ElfFormat.EXECUTABLE)).putInt(1); // the format's version, once more
        word(entry);
        word(wide ? 64 : 52); // the program header follows at once
        word(0); // no section headers
        file.putInt(format.flags());
        file.putShort((short) (wide ? 64 : 52)).putShort((short) (wide ? 56 : 32));
        file.putShort((short) 1); // one program header
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    private void segment() {
        file.putInt(LOAD);
        if (wide) {
            file.putInt(READ_EXECUTE);
        }
        word(0); // from the start of the file
        word(BASE);
        word(BASE);
        word(file.capacity());
        word(file.capacity());
        if (!wide) {
            file.putInt(READ_EXECUTE);
        }
        word(PAGE);
    }

    private void word(int value) {
        if (wide) {
            file.putLong(value);
        } else {
            file.putInt(value);
        }
    }
}
