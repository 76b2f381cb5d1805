package dev.smartdispatcher.agent.kernel;

import dev.smartdispatcher.agent.kernel.TinyProgram.Call;
import dev.smartdispatcher.arch.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A kernel that answers as it is told: it runs its own programs, refuses nothing, and has no KVM. */
public final class FakeKernel implements Kernel {
    public static final int EPERM = 1;
    private static final long GIB = 1L << 30;

    /** What it was asked to run, in order. */
    public final List<TinyProgram> ran = new ArrayList<>();
    /** The file that it was asked for the space of. */
    public Path spaceOf;

    public boolean personality32 = true;
    public boolean kvm;
    public IOException kvmFailure;
    public Space space = new Space(100 * GIB, 60 * GIB, OptionalLong.of(5_000_000));

    private final Architecture own;
    private final Set<Architecture> executable;
    private final Map<List<Call>, Integer> errors = new HashMap<>();

    public FakeKernel(Architecture own, Architecture... alsoExecutable) {
        this.own = own;
        this.executable = EnumSet.of(own, alsoExecutable);
    }

    /** Makes programs of these calls end with an error. */
    public FakeKernel failing(int error, Call... calls) {
        errors.put(List.of(calls), error);
        return this;
    }

    /** Makes it refuse programs of its own architecture too. */
    public FakeKernel executingNothing() {
        executable.clear();
        return this;
    }

    @Override
    public String machine() {
        return own.name();
    }

    @Override
    public boolean allowsPersonality32() {
        return personality32;
    }

    @Override
    public OptionalInt run(TinyProgram program) {
        ran.add(program);
        return executable.contains(program.architecture())
                ? OptionalInt.of(errors.getOrDefault(program.calls(), 0))
                : OptionalInt.empty();
    }

    @Override
    public Space space(Path file) {
        spaceOf = file;
        return space;
    }

    @Override
    public boolean givesVirtualMachine(Path device) throws IOException {
        if (kvmFailure != null) {
            throw kvmFailure;
        }
        return kvm;
    }
}
