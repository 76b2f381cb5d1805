package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import java.util.Map;

/**
 * What the dispatcher knows of earlier builds.
 *
 * @param byJob the profile of a job's package by the index of the job; none where the package was not built before
 */
public record Past(ProfileUse use, Map<Integer, BuildProfileStatus> byJob) {}
