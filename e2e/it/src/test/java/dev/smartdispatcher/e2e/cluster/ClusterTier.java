package dev.smartdispatcher.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs on the real cluster, and fails where there is none. Each test asks for a {@link BuildFarm}, which is a
 * namespace of its own; after it the watch history is judged, and what the test broke is mended.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterTierExtension.class)
@interface ClusterTier {}
