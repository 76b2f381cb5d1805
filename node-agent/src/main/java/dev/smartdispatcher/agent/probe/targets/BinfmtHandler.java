package dev.smartdispatcher.agent.probe.targets;

import dev.smartdispatcher.agent.kernel.ElfFormat;
import dev.smartdispatcher.arch.Architecture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An enabled handler of binfmt_misc for programs whose first bytes match a pattern. What its entry is called says nothing:
 * it is for the architecture whose programs match.
 */
record BinfmtHandler(String interpreter, boolean interpreterHeldOpen, int offset, byte[] magic, byte[] mask) {

    /** The handler of an entry's lines; empty if it is disabled or goes by a file's extension. */
    static Optional<BinfmtHandler> parse(List<String> lines) {
        Map<String, String> fields = fields(lines);
        if (!lines.contains("enabled") || !fields.containsKey("magic")) {
            return Optional.empty();
        }
        byte[] magic = HexFormat.of().parseHex(fields.get("magic"));
        byte[] every = new byte[magic.length];
        Arrays.fill(every, (byte) 0xff);
        return Optional.of(new BinfmtHandler(
                fields.getOrDefault("interpreter", ""),
                fields.getOrDefault("flags:", "").contains("F"),
                Integer.parseInt(fields.getOrDefault("offset", "0")),
                magic,
                fields.containsKey("mask") ? HexFormat.of().parseHex(fields.get("mask")) : every));
    }

    private static Map<String, String> fields(List<String> lines) {
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            String[] nameAndValue = line.strip().split(" ", 2);
            fields.put(nameAndValue[0], nameAndValue.length == 2 ? nameAndValue[1].strip() : "");
        }
        return fields;
    }

    /** Whether the kernel would give it all programs of {@code architecture}, of a fixed address and of none. */
    boolean takes(Architecture architecture) {
        ElfFormat format = ElfFormat.of(architecture);
        return matches(format.identity(ElfFormat.EXECUTABLE))
                && matches(format.identity(ElfFormat.POSITION_INDEPENDENT));
    }

    private boolean matches(byte[] start) {
        for (int i = 0; i < magic.length; i++) {
            // Behind what we know of a program, only a byte that does not matter matches.
            int actual = offset + i < start.length ? start[offset + i] ^ magic[i] : 0xff;
            if ((actual & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
