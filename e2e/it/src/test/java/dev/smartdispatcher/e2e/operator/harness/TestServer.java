package dev.smartdispatcher.e2e.operator.harness;

import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.UnaryOperator;

/** An API server with the project's definitions and a binder of pods, and what a test asks of it. To be closed. */
interface TestServer extends AutoCloseable {
    /** A client that may do everything, whose namespace is the test's. */
    KubernetesClient client();

    /** A client of an operator, configured further: it meets the faults, and its writes are known. */
    KubernetesClient operatorClient(UnaryOperator<ConfigBuilder> more);

    /** What the operator's requests are answered in place of being done. */
    Faults faults();

    /** The operator's writes that were done, oldest first. */
    List<Write> operatorWrites();

    /** Leaves nothing for the next test. */
    @Override
    void close();
}
