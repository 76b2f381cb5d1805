package dev.smartdispatcher.agent.probe.isolation;

import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.NEW_USER_NAMESPACE;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.NEW_UTS_NAMESPACE;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.probe.StatedNumber;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.io.IOException;

/**
 * A user namespace. Tried by a child process that enters a new one, and by a second that does so and then uses the
 * privileges it should have inside: security modules may allow the first and refuse the second. Where the host allows no
 * user namespaces at all (user.max_user_namespaces is 0, or the kernel has none) there is nothing to try.
 *
 * <p>An agent in a pod with the runtime's default seccomp profile may not try it: then it is not published.
 */
public final class UserNamespaceProbe implements Probe {
    private static final String MOST = "/proc/sys/user/max_user_namespaces";

    private final HostPaths paths;
    private final Trials trials;

    public UserNamespaceProbe(HostPaths paths, Trials trials) {
        this.paths = paths;
        this.trials = trials;
    }

    @Override
    public String name() {
        return "userNamespace";
    }

    @Override
    public Finding look() throws IOException {
        long most = StatedNumber.whole(paths.textIfAny(MOST).orElse("0"), MOST, Long.MAX_VALUE);
        boolean works = most > 0
                && trials.succeeds(NEW_USER_NAMESPACE)
                && trials.succeeds(NEW_USER_NAMESPACE, NEW_UTS_NAMESPACE);
        return works ? draft -> draft.isolation(Isolation.UserNamespace) : Finding.NOTHING;
    }
}
