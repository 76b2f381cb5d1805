package dev.smartdispatcher.cli;

import dev.smartdispatcher.arch.Architecture;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an architecture. */
final class ArchitectureConverter implements ITypeConverter<Architecture> {
    @Override
    public Architecture convert(String name) {
        return Architecture.of(name).orElseThrow(() -> new TypeConversionException(Architecture.complaint(name)));
    }
}
