package dev.smartdispatcher.operator.client.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log line for each object that cannot be read whole, and again when something else of it cannot be. */
final class UnreadableLog {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableLog.class);

    /** Objects that are remembered: more are logged again when they are read again. */
    private static final int MOST = 1024;

    private static final Map<String, List<String>> TOLD = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MOST;
        }
    };

    private UnreadableLog() {}

    static void tell(HasMetadata object, List<String> problems) {
        var meta = object.getMetadata();
        var name = object.getKind() + " " + (meta.getNamespace() == null ? "" : meta.getNamespace() + "/")
                + meta.getName();
        synchronized (TOLD) {
            if (problems.equals(TOLD.put(name + meta.getUid(), problems))) {
                return;
            }
        }
        LOG.atWarn()
                .addKeyValue("object", name)
                .log("cannot be read, the rest goes on: {}", String.join("; ", problems));
    }
}
