package dev.smartdispatcher.agent.kernel;

import dev.smartdispatcher.arch.Architecture;
import java.nio.ByteBuffer;

/**
 * Machine code for the two things a {@link TinyProgram} does. Each line is one instruction, as the GNU assembler encodes
 * it; each architecture's programs were run, those of other machines under qemu-user.
 */
enum InstructionSet {
    X86_64 {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.put((byte) 0xbf).putInt(argument); // mov edi, argument
            code.put((byte) 0xb8).putInt(number); // mov eax, number
            code.putShort((short) 0x050f); // syscall
        }

        @Override
        void exit(ByteBuffer code) {
            code.put((byte) 0xbf).putInt(TinyProgram.SUCCESS); // mov edi, 42
            code.putShort((short) 0xc729); // sub edi, eax
            code.put((byte) 0xb8).putInt(60); // mov eax, exit
            code.putShort((short) 0x050f); // syscall
        }
    },
    I586 {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.put((byte) 0xbb).putInt(argument); // mov ebx, argument
            code.put((byte) 0xb8).putInt(number); // mov eax, number
            code.putShort((short) 0x80cd); // int 0x80
        }

        @Override
        void exit(ByteBuffer code) {
            code.put((byte) 0xbb).putInt(TinyProgram.SUCCESS); // mov ebx, 42
            code.putShort((short) 0xc329); // sub ebx, eax
            code.put((byte) 0xb8).putInt(1); // mov eax, exit
            code.putShort((short) 0x80cd); // int 0x80
        }
    },
    AARCH64 {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putInt(0xd2800000 | low(argument) << 5); // movz x0, low half
            code.putInt(0xf2a00000 | high(argument) << 5); // movk x0, high half, lsl 16
            code.putInt(0xd2800008 | number << 5); // movz x8, number
            code.putInt(0xd4000001); // svc 0
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(0xd2800001 | TinyProgram.SUCCESS << 5); // movz x1, 42
            code.putInt(0xcb000020); // sub x0, x1, x0
            code.putInt(0xd2800008 | 93 << 5); // movz x8, exit
            code.putInt(0xd4000001); // svc 0
        }
    },
    ARMV7L {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putInt(0xe3000000 | split(low(argument))); // movw r0, low half
            code.putInt(0xe3400000 | split(high(argument))); // movt r0, high half
            code.putInt(0xe3007000 | split(number)); // movw r7, number
            code.putInt(0xef000000); // svc 0
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(0xe2600000 | TinyProgram.SUCCESS); // rsb r0, r0, 42
            code.putInt(0xe3a07001); // mov r7, exit
            code.putInt(0xef000000); // svc 0
        }

        private static int split(int half) {
            return (half & 0xf000) << 4 | half & 0xfff;
        }
    },
    /** ARMv6 has no instruction with half a word in it: words are loaded from beside the code. */
    ARMV6L {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            load(code, 0, argument);
            load(code, 7, number);
            code.putInt(0xef000000); // svc 0
        }

        @Override
        void exit(ByteBuffer code) {
            ARMV7L.exit(code);
        }

        private static void load(ByteBuffer code, int register, int word) {
            code.putInt(0xe59f0000 | register << 12); // ldr register, [pc]: the word two instructions ahead
            code.putInt(0xea000000); // b over the word
            code.putInt(word);
        }
    },
    /** Of either byte order. */
    POWER {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putInt(0x3c600000 | high(argument)); // lis r3, high half
            code.putInt(0x60630000 | low(argument)); // ori r3, r3, low half
            code.putInt(0x38000000 | number); // li r0, number
            code.putInt(0x44000002); // sc
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(0x38630000 | TinyProgram.SUCCESS); // addi r3, r3, 42: errors are positive here
            code.putInt(0x38000001); // li r0, exit
            code.putInt(0x44000002); // sc
        }
    },
    S390X {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putShort((short) 0xc021).putInt(argument); // lgfi r2, argument
            code.putInt(0xa7190000 | number); // lghi r1, number
            code.putShort((short) 0x0a00); // svc 0
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(0xa7390000 | TinyProgram.SUCCESS); // lghi r3, 42
            code.putInt(0xb9090032); // sgr r3, r2
            code.putInt(0xb9040023); // lgr r2, r3
            code.putInt(0xa7190001); // lghi r1, exit
            code.putShort((short) 0x0a00); // svc 0
        }
    },
    RISCV64 {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putInt(argument + 0x800 & 0xfffff000 | 0x537); // lui a0, high part, rounded
            code.putInt(argument << 20 | 0x0005051b); // addiw a0, a0, low 12 bits with their sign
            code.putInt(number << 20 | 0x893); // li a7, number
            code.putInt(0x73); // ecall
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(TinyProgram.SUCCESS << 20 | 0x593); // li a1, 42
            code.putInt(0x40a58533); // sub a0, a1, a0
            code.putInt(93 << 20 | 0x893); // li a7, exit
            code.putInt(0x73); // ecall
        }
    },
    LOONGARCH64 {
        @Override
        void call(ByteBuffer code, int number, int argument) {
            code.putInt(0x14000004 | (argument >>> 12) << 5); // lu12i.w a0, high 20 bits
            code.putInt(0x03800084 | (argument & 0xfff) << 10); // ori a0, a0, low 12 bits
            code.putInt(0x0280000b | number << 10); // li.w a7, number
            code.putInt(0x002b0000); // syscall 0
        }

        @Override
        void exit(ByteBuffer code) {
            code.putInt(0x02800005 | TinyProgram.SUCCESS << 10); // li.w a1, 42
            code.putInt(0x001190a4); // sub.d a0, a1, a0
            code.putInt(0x0280000b | 93 << 10); // li.w a7, exit
            code.putInt(0x002b0000); // syscall 0
        }
    };

    static InstructionSet of(Architecture architecture) {
        return switch (architecture) {
            case x86_64 -> X86_64;
            case i586 -> I586;
            case aarch64 -> AARCH64;
            case armv7l -> ARMV7L;
            case armv6l -> ARMV6L;
            case ppc64le, ppc64 -> POWER;
            case s390x -> S390X;
            case riscv64 -> RISCV64;
            case loongarch64 -> LOONGARCH64;
        };
    }

    /** A system call with one argument; its result stays where {@link #exit} takes it. */
    abstract void call(ByteBuffer code, int number, int argument);

    /** Ends the program with the status 42 + error number of the last call. */
    abstract void exit(ByteBuffer code);

    private static int low(int word) {
        return word & 0xffff;
    }

    private static int high(int word) {
        return word >>> 16;
    }
}
