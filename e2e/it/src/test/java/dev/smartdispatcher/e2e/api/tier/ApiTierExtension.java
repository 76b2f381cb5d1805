package dev.smartdispatcher.e2e.api.tier;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.definitions.CreationPolicy;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the control plane with the first class that needs it; it is stopped when the last test of the build has ended. */
public final class ApiTierExtension implements ExecutionCondition, ParameterResolver, AfterAllCallback {
    private static final Path PROJECT = SourceTree.root();
    private static final Path WORK = Path.of("target/control-plane");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Binaries.find(PROJECT, System.getenv())
                .missing(ControlPlane.NEEDS)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a kube-apiserver"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == ControlPlane.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var controlPlane = controlPlane(context);
        return parameter.getParameter().getType() == ControlPlane.class ? controlPlane : controlPlane.admin();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Leftovers.remove(controlPlane(context).admin());
    }

    /** The control plane of the build, for extensions of classes of this tier. */
    public static ControlPlane controlPlane(ExtensionContext context) {
        return shared(context).controlPlane();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    }

    private record Shared(ControlPlane controlPlane) implements AutoCloseable {
        private static Shared start() {
            var made = ControlPlane.start(Binaries.find(PROJECT, System.getenv()), ControlPlaneOptions.in(WORK));
            ShippedDefinitions.install(made.admin());
            CreationPolicy.install(made.admin());
            return new Shared(made);
        }

        @Override
        public void close() {
            controlPlane.close();
        }
    }
}
