package dev.smartdispatcher.e2e.smartbuild;

import dev.smartdispatcher.cli.smartbuild.SmartBuild;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A user with a kubeconfig, who types commands. */
final class Terminal {
    private final Path kubeconfig;

    /**
     * What a command did.
     *
     * @param status its exit status
     */
    record Typed(int status, String out, String err) {}

    /** A command that runs, with what it has written so far. */
    record Running(CompletableFuture<Integer> end, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        String said() {
            return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        }

        Typed typed() {
            return new Typed(end.join(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    private Terminal(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** With the rights and in the namespace of the client. */
    static Terminal of(KubernetesClient client, Path directory) {
        return of(client, directory, client.getConfiguration().getOauthToken());
    }

    /** With those of the token. */
    static Terminal of(KubernetesClient client, Path directory, String token) {
        var used = client.getConfiguration();
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName("farm")
                .withNewCluster()
                .withServer(used.getMasterUrl())
                .withCertificateAuthority(used.getCaCertFile())
                .withCertificateAuthorityData(used.getCaCertData())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName("user")
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName("farm")
                .withNewContext()
                .withCluster("farm")
                .withUser("user")
                .withNamespace(client.getNamespace())
                .endContext()
                .endContext()
                .withCurrentContext("farm")
                .build();
        try {
            return new Terminal(Files.writeString(
                    Files.createTempFile(directory, "kube", ".config"), Serialization.asYaml(config)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Runs the command line, its arguments separated by blanks, and then some as they are. */
    Typed type(String line, String... others) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = run(line, List.of(others), out, err);
        return new Typed(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts it, and goes on. */
    Running start(String line, String... others) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        var end = CompletableFuture.supplyAsync(() -> run(line, List.of(others), out, err), thread);
        thread.shutdown();
        return new Running(end, out, err);
    }

    private int run(String line, List<String> others, OutputStream out, OutputStream err) {
        var arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(others);
        arguments.add("--kubeconfig=" + kubeconfig);
        return SmartBuild.commandLine(out, err, Clock.systemUTC()).execute(arguments.toArray(String[]::new));
    }
}
