package dev.smartdispatcher.e2e.cluster.tier;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs on the real cluster, and fails if there is none. Each test takes a {@link BuildFarm}, which is a
 * namespace of its own. After the test the extension repairs what the test broke, and judges the watch history.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterTierExtension.class)
public @interface ClusterTier {}
