package dev.smartdispatcher.e2e.cluster.tier;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens a farm before each test, judges its history and closes it afterwards. */
final class ClusterTierExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE =
            ExtensionContext.Namespace.create(ClusterTierExtension.class);
    /** The longest name of a namespace. */
    private static final int LONGEST = 63;

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(STORE).put(BuildFarm.class, BuildFarm.open(Cluster.find(), namespace(context)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var farm = context.getStore(STORE).remove(BuildFarm.class, BuildFarm.class);
        if (farm == null) {
            return;
        }
        try (farm) {
            farm.mend();
            // After a failure the rest of the history is only noise.
            if (context.getExecutionException().isEmpty()) {
                farm.assertSound();
            } else {
                System.err.println(farm.describe());
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BuildFarm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(STORE).get(BuildFarm.class, BuildFarm.class);
    }

    /** The test's name, as a namespace may be called. */
    private static String namespace(ExtensionContext context) {
        var name = context.getRequiredTestMethod()
                .getName()
                .replaceAll("([A-Z])", "-$1")
                .toLowerCase(Locale.ROOT);
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST).replaceAll("-+$", "");
    }
}
