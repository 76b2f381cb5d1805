package dev.smartdispatcher.operator.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running operator until it is ready: the chart's test, whose image has no other program that could ask. */
@Command(
        name = "ready",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Asks a running operator until it is ready: exit status 0, else 1.")
final class ReadyCommand implements Callable<Integer> {
    private static final String READY = "ready";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Of its readiness, as http://smart-dispatcher:8080/readyz.")
    private URI url;

    @Option(names = "--seconds", defaultValue = "60", description = "How long to ask.")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var answer = answer(client);
        while (!answer.equals(READY) && System.nanoTime() < end) {
            Thread.sleep(PAUSE.toMillis());
            answer = answer(client);
        }
        spec.commandLine().getOut().println(url + ": " + answer);
        return answer.equals(READY) ? 0 : 1;
    }

    private String answer(HttpClient client) throws InterruptedException {
        var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == HttpURLConnection.HTTP_OK
                    ? READY
                    : response.statusCode() + " " + response.body().strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
