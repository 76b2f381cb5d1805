package dev.smartdispatcher.operator.controller.past;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import java.util.List;

/** What is known of earlier builds of a job's package, as far as the policy wants it to be used. */
public interface PastBuilds {
    PastBuilds UNKNOWN = new PastBuilds() {
        @Override
        public ProfileUse use() {
            return ProfileUse.Off;
        }

        @Override
        public List<BuildProfileStatus> of(String namespace, BuildJobSpec spec) {
            return List.of();
        }
    };

    /** What is done with it. */
    ProfileUse use();

    /** A profile for each host architecture that has built the package, if the job may go there. */
    List<BuildProfileStatus> of(String namespace, BuildJobSpec spec);

    /** By the profiles in the cache. */
    static PastBuilds in(ClusterView cluster) {
        return new PastBuilds() {
            @Override
            public ProfileUse use() {
                return cluster.policy().profiles();
            }

            @Override
            public List<BuildProfileStatus> of(String namespace, BuildJobSpec spec) {
                return use() == ProfileUse.Off || spec.packageName() == null
                        ? List.of()
                        : cluster.profiles().of(namespace, spec);
            }
        };
    }
}
