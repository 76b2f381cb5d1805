package dev.smartdispatcher.cli.smartbuild;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command did, at noon of 2026-12-01.
 *
 * @param status its exit status
 */
record Typed(int status, String out, String err) {
    static final Path FARM = Path.of("src/test/resources/smartbuild/farm.yaml");
    static final Clock NOON = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

    /** Runs a command line against the API, its arguments separated by blanks, and then some as they are. */
    static Typed at(FakeApi api, Path directory, String line, String... others) throws IOException {
        var arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of(others));
        arguments.add("--kubeconfig=" + api.kubeconfig(directory));
        return of(arguments);
    }

    /** Runs a command line without a cluster. */
    static Typed of(String line) {
        return of(List.of(line.split(" ")));
    }

    private static Typed of(List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = SmartBuild.commandLine(out, err, NOON).execute(arguments.toArray(String[]::new));
        return new Typed(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
