package dev.smartdispatcher.e2e.controlplane;

import dev.smartdispatcher.e2e.process.FreePort;
import dev.smartdispatcher.e2e.process.Server;
import dev.smartdispatcher.e2e.process.ServerFailedException;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.io.file.PathUtils;

/**
 * A real kube-apiserver with its own etcd, on loopback, as a cluster has it: RBAC, admission, CRDs, watches. Controllers,
 * scheduler and nodes are not part of it, so nothing is collected, bound or run, and no namespace ends; service accounts get
 * their tokens on request, and pods need none.
 *
 * <p>To be closed, which kills the servers; they also die with this process, however it ends. Thread-safe but for closing.
 */
public final class ControlPlane implements AutoCloseable {
    /** What has to be in {@link Binaries} for it. */
    public static final String[] NEEDS = {"etcd", "kube-apiserver"};

    private static final String ETCD_LIMIT = "256MiB";

    private final Binaries binaries;
    private final ControlPlaneOptions options;
    private final Credentials credentials;
    private final int port;
    private final Server etcd;
    private final int etcdPort;
    private Server apiServer;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private KubernetesClient admin;

    private ControlPlane(Binaries binaries, ControlPlaneOptions options) throws IOException {
        this.binaries = binaries;
        this.options = options;
        if (Files.exists(options.directory())) {
            PathUtils.deleteDirectory(options.directory());
        }
        Files.createDirectories(options.directory());
        credentials = Credentials.create(options.directory().resolve("credentials"));
        etcdPort = FreePort.find();
        port = FreePort.find();
        etcd = startEtcd();
        try {
            etcd.awaitReady(() -> listens(etcdPort));
            apiServer = startApiServer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts both servers and waits until they are ready, some three seconds.
     *
     * @throws ServerFailedException if one of them does not come up
     */
    public static ControlPlane start(Binaries binaries, ControlPlaneOptions options) {
        binaries.missing(NEEDS).ifPresent(what -> {
            throw new ServerFailedException(what);
        });
        try {
            return new ControlPlane(binaries, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up a control plane in " + options.directory(), e);
        }
    }

    /** The base URL of the API. */
    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** The certificate by which clients know the API server. */
    public Path certificate() {
        return credentials.servingCertificate();
    }

    /** A client that may do everything, with the namespace {@code default}, and does not retry. */
    public KubernetesClient admin() {
        return admin;
    }

    /** Another client of the administrator, on connections of its own. Closed with the control plane. */
    public KubernetesClient anotherAdmin() {
        return client(credentials.adminToken());
    }

    /** A client with a bearer token, that does not retry: a failure is seen when it happens. Closed with the control plane. */
    public KubernetesClient client(String token) {
        return client(token, config -> config.withRequestRetryBackoffLimit(0));
    }

    /**
     * A client with a bearer token, configured further. Closed with the control plane. Its watches are those of the operator,
     * since others do not outlive an API server that is started again.
     */
    public synchronized KubernetesClient client(
            String token, UnaryOperator<io.fabric8.kubernetes.client.ConfigBuilder> more) {
        var config = new io.fabric8.kubernetes.client.ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withCaCertFile(certificate().toString())
                .withOauthToken(token)
                .withNamespace("default");
        var made = OperatorClient.of(more.apply(config).build());
        opened.push(made);
        return made;
    }

    /** The key of that certificate, for what stands between clients and the API server. */
    public Path certificateKey() {
        return credentials.servingKey();
    }

    /** The base URL of etcd, for those who read what it stores. */
    public String etcdUrl() {
        return "http://127.0.0.1:" + etcdPort;
    }

    /** The port of the API. */
    public int port() {
        return port;
    }

    /** A kubeconfig with the token, for another process; the administrator's if the token is null. */
    public Path kubeconfig(String name, String token) {
        return kubeconfig(name, token, url());
    }

    /** The same for a process that is to reach the API server by another URL. */
    public Path kubeconfig(String name, String token, String url) {
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName("local")
                .withNewCluster()
                .withServer(url)
                .withCertificateAuthority(certificate().toString())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(name)
                .withNewUser()
                .withToken(token == null ? credentials.adminToken() : token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName("local")
                .withNewContext()
                .withCluster("local")
                .withUser(name)
                .withNamespace("default")
                .endContext()
                .endContext()
                .withCurrentContext("local")
                .build();
        try {
            return Files.writeString(
                    options.directory().resolve("credentials").resolve(name + ".kubeconfig"),
                    Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a kubeconfig", e);
        }
    }

    /** What was asked of the API server since its start, if it is audited. */
    public AuditLog audit() {
        return new AuditLog(auditFile());
    }

    /** Kills the API server and starts it again with the same address and data: watches end, and those that go on from an old version are refused. */
    public synchronized void restartApiServer() {
        stopApiServer();
        resumeApiServer();
    }

    /** Kills the API server: nobody listens at its address until it is resumed. */
    public synchronized void stopApiServer() {
        apiServer.close();
    }

    /** Starts the API server again after {@link #stopApiServer}. */
    public synchronized void resumeApiServer() {
        apiServer = startApiServer();
    }

    /** Starts another component of the control plane from the binaries, which ends with it. Its log is {@code NAME.log}. */
    public synchronized Server startComponent(String name, Map<String, String> environment, List<String> flags) {
        binaries.missing(name).ifPresent(what -> {
            throw new ServerFailedException(what);
        });
        var command = new ArrayList<>(List.of(binaries.executable(name).toString()));
        command.addAll(flags);
        var server = Server.start(name, log(name), environment, command);
        opened.push(server);
        return server;
    }

    /** The server that keeps the data. */
    public Server etcd() {
        return etcd;
    }

    /** The API server, until it is restarted. */
    public synchronized Server apiServer() {
        return apiServer;
    }

    private Server startEtcd() {
        var client = etcdUrl();
        return Server.start(
                "etcd",
                log("etcd"),
                Map.of("GOMEMLIMIT", ETCD_LIMIT),
                List.of(
                        binaries.executable("etcd").toString(),
                        "--data-dir=" + options.directory().resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=http://127.0.0.1:0",
                        "--log-level=warn",
                        // The data is as short-lived as this process: nothing has to survive the machine.
                        "--unsafe-no-fsync"));
    }

    private Server startApiServer() {
        var command = new ArrayList<>(List.of(
                binaries.executable("kube-apiserver").toString(),
                "--etcd-servers=" + etcdUrl(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + credentials.serving(),
                // Loopback cannot be advertised as the endpoint of the service "kubernetes", which nobody uses here.
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + credentials.tokens(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.publicKey(),
                "--service-account-signing-key-file=" + credentials.signingKey(),
                // No controller makes the accounts that pods would get.
                "--disable-admission-plugins=ServiceAccount"));
        if (options.audited()) {
            command.add("--audit-policy-file=" + AuditLog.writePolicy(options.directory()));
            command.add("--audit-log-path=" + auditFile());
        }
        command.addAll(options.flags());
        return Server.start("kube-apiserver", log("kube-apiserver"), Map.of("GOMEMLIMIT", options.memory()), command)
                .awaitReady(this::answers);
    }

    private boolean answers() {
        try {
            if (!listens(port)) {
                return false;
            }
            if (admin == null) {
                admin = client(credentials.adminToken());
            }
            return "ok".equals(admin.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private Path log(String name) {
        return options.directory().resolve(name + ".log");
    }

    private Path auditFile() {
        return options.directory().resolve("audit.log");
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the control plane cannot be closed", e);
            }
        }
        if (apiServer != null) {
            apiServer.close();
        }
        etcd.close();
    }
}
