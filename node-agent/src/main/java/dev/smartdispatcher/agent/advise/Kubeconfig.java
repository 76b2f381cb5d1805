package dev.smartdispatcher.agent.advise;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cluster and the rights of the person who asks. Never a pod's service account: an agent may write no limits, and whoever
 * can run a command in its pod should not be able to either.
 */
public final class Kubeconfig {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Kubeconfig() {}

    /**
     * Reads it, as kubectl finds it.
     *
     * @param file from the command line; null for that of {@code KUBECONFIG}, or {@code ~/.kube/config}
     * @param context null for the current one
     * @param environment variables of the process
     */
    public static Config read(Path file, String context, Map<String, String> environment, Path home)
            throws AdviseException {
        Path found = file == null ? find(environment, home) : file;
        try {
            var config = Config.fromKubeconfig(context, Files.readString(found), found.toString());
            return new ConfigBuilder(config)
                    .withRequestRetryBackoffLimit(0)
                    .withConnectionTimeout(TIMEOUT_MILLIS)
                    .withRequestTimeout(TIMEOUT_MILLIS)
                    .build();
        } catch (IOException e) {
            throw new AdviseException("the kubeconfig " + found + " cannot be read: " + reason(e), e);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new AdviseException(found + " is no kubeconfig: " + e.getMessage(), e);
        }
    }

    private static Path find(Map<String, String> environment, Path home) throws AdviseException {
        var named = Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(":"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Optional<Path> first = Stream.concat(
                        named, Stream.of(home.resolve(".kube").resolve("config")))
                .filter(Files::isRegularFile)
                .findFirst();
        return first.orElseThrow(() -> new AdviseException("there is no kubeconfig, neither in KUBECONFIG nor in "
                + home.resolve(".kube/config") + ": give one by --kubeconfig, or run"
                + " advise -o yaml | kubectl apply -f - where kubectl works"));
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    }
}
