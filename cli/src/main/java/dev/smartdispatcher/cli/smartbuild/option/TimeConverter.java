package dev.smartdispatcher.cli.smartbuild.option;

import dev.smartdispatcher.cli.output.Time;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time. */
public final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String typed) {
        try {
            return Time.parse(typed);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
