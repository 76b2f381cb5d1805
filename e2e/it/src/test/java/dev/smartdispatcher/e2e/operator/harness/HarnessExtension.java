package dev.smartdispatcher.e2e.operator.harness;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.ApiTierExtension;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the constructor of a test class a {@link Harness}, which is closed after each test: on the real API server if the
 * class or one around it is of the {@link ApiTier}, otherwise on the embedded one.
 */
public final class HarnessExtension implements ParameterResolver {
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Harness.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(HarnessExtension.class, context.getUniqueId()))
                .getOrComputeIfAbsent(Harness.class, key -> new Harness(server(context)), Harness.class);
    }

    private static TestServer server(ExtensionContext context) {
        boolean real = Stream.concat(
                        Stream.of(context.getRequiredTestClass()), context.getEnclosingTestClasses().stream())
                .anyMatch(type -> type.isAnnotationPresent(ApiTier.class));
        return real
                ? new RealServer(ApiTierExtension.controlPlane(context))
                : EmbeddedServer.start(ClusterOptions.DEFAULT);
    }
}
