package dev.smartdispatcher.e2e.api.tier;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs against the one real API server of the build, and is skipped where that cannot be had. Constructors
 * and methods can ask for the {@link dev.smartdispatcher.e2e.controlplane.ControlPlane}, and for a client that may do
 * everything. What a class leaves behind is removed after it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiTierExtension.class)
public @interface ApiTier {}
